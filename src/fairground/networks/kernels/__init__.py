"""The arithmetic of streets that must be fast: arrays in, arrays out, no words and no errors.

Every function has a slow plain twin in `tests/networks/reference.py`.
"""
