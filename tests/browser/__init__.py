"""The site as people meet it: in a real Chromium, against the demo that `make demo` serves."""
