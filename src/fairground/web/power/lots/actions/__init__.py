"""What is done to a draw and its seats, one module for each matter."""
