"""The words of draws in templates."""
