"""What is done in a budget; each act asks for its permission and leaves an audit event in one transaction.

One module for each part of the way: pots, ideas, rulings, projects, delivery.
"""
