"""Changes of the funding tables over time."""
