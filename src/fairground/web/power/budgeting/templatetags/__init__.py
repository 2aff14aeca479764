"""How money is written in the budgeting pages."""
