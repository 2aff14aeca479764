"""The pages of wealth: inequality and funding."""
