"""The steps by which the tables of budgets came to be."""
