"""The audit log: what was done, by whom and when, in a chain that shows any later change.

Each event holds the SHA-256 digest (FIPS 180-4) of its own content and of the event before it.
"""
