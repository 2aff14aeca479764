"""People who sign in, and the roles they hold in a place.

Sign-in is by a code sent to an email address, or a passkey (W3C Web Authentication level 2).
"""
