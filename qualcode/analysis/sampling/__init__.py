"""Saturation, and where to look next."""
