"""Layouts: how each kind of document is laid out, found again from its lines."""
