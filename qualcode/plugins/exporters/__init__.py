"""Exporters: a table to one format."""
