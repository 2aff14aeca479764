"""The pages that ask how unequally places fare."""
