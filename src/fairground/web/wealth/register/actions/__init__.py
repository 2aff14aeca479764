"""What is done in a register; each act leaves an audit event in the same transaction."""
