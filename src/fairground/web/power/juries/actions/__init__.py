"""What is done to juries, one module for each matter."""
