"""The wealth of places: how it is shared, and how public money could share it better."""
