"""The pages of standing juries."""
