"""Words for templates about days."""
