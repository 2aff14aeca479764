"""The steps by which the tables of rounds came to be."""
