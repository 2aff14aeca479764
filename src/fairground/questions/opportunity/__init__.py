"""Questions about opportunity: what is within reach of each home."""
