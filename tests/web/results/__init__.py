"""Tests of the count and its result on the site."""
