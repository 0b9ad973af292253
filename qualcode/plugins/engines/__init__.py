"""Engines: where the work on documents is done."""
