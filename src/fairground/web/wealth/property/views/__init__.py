"""The property pages: cases in an address, cases that are kept, their letters, words and dates."""
