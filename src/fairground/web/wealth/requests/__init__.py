"""Campaigns that ask councils what they sold: letters, last days, one public table, an estimate."""
