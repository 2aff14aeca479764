"""What people can reach from their doors: green space and daily needs, on street maps that the site holds."""
