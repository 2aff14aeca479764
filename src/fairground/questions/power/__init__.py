"""Questions about power: who decides, and how to decide together."""
