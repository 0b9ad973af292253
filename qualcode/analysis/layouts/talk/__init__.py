"""Transcripts: labels, turns, times, and who asks."""
