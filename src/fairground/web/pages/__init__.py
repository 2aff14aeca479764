"""The pages that belong to no area: home, data, accessibility, privacy, and what a failure shows."""
