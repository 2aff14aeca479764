"""The pages of power: people decide together."""
