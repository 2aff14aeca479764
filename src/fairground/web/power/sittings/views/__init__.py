"""The pages of a jury's sittings, one module for each matter."""
