"""The pages of places: find one, and see how it fares."""
