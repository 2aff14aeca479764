"""Migrations of community finance."""
