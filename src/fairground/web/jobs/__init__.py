"""Long work that goes on behind the site: a table of jobs, and a worker that takes them in turn.

No broker: a job is claimed by a conditional update and held by a lease that the worker renews.
"""
