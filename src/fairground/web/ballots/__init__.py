"""Voting: a frozen paper, a roll of who may vote, ballots that hide their voters, and a log anyone can check.

The roll and the ballots are kept apart: a ballot knows a pseudonym only, and the secret behind it
can be destroyed.
"""
