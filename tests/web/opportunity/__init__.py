"""The pages about the ground."""
