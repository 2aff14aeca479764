"""The steps by which the tables of cases came to be."""
