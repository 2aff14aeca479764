"""The pages of funding: is an award fair, what would London's rate bring, what would a formula give."""
