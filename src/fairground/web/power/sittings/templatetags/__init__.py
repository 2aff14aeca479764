"""What the templates of sittings say of files and addresses."""
