"""Words for templates about places."""
