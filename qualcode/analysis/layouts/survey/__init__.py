"""Questionnaires: which columns ask, and who answers."""
