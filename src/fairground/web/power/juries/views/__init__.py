"""The pages of citizens' juries, one module for each matter."""
