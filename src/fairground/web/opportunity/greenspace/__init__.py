"""Pages about green space near homes: one place, a whole area, and homes that people send."""
