"""Rounds in which people decide together: what they are about, their dated phases, and who has which role.

Budgets use it now; juries and conversations can use the same rounds, phases and roles.
"""
