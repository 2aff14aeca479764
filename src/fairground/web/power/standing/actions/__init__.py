"""What officers do with a standing jury."""
