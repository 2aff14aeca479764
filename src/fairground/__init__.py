"""Fairground shows how wealth, power and opportunity are shared between England's places."""

__version__ = "0.1.0"
