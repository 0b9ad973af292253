"""Readers: bytes of one format to lines, cues or rows."""
