"""Words and amounts of a result, in templates."""
