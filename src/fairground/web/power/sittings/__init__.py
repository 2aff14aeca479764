"""A jury at work and after: its sessions, evidence, recommendations, the answers to them, what was done."""
