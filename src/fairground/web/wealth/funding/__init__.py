"""The pages of funding: is an award fair, what London's rate would have brought, what a fair formula gives."""
