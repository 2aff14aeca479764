"""What officers and residents are asked about a jury's sittings, one module for each matter."""
