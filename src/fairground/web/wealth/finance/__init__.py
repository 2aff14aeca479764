"""The pages of community finance: a plan kept by a group, step by step, and what would come of it."""
