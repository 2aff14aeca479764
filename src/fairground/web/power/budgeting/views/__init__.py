"""The budgeting pages, one module for each part of the way: rounds, ideas, checks, projects, work, office.

Each view finds with access, checks the form, acts, renders.
"""
