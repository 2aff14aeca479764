"""How the tables of sent files came to be."""
