"""Opportunity: what is within reach of each home."""
