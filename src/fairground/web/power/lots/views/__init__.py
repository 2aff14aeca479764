"""The pages of draws, one module for each matter."""
