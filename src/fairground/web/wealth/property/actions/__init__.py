"""What is done to cases; each act is whole or not at all and leaves an audit event in its transaction."""
