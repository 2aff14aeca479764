"""Pages about what a day needs within twenty minutes: on foot, on wheels, by bicycle."""
