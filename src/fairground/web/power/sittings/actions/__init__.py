"""What is done to a jury's sittings, one module for each matter; each act leaves an audit event."""
