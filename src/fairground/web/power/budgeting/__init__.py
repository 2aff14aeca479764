"""Participatory budgeting on the site: pots, ideas, checks, projects, and how the work goes."""
