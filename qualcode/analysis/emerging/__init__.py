"""Candidate codes from what no code covers yet."""
