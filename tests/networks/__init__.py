"""Tests of street networks."""
