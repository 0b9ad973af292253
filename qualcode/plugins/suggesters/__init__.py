"""Suggesters: segments to suggested codes."""
