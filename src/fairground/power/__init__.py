"""The power of places: how people decide together what happens, and what public money is spent on."""
