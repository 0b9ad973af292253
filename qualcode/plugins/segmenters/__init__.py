"""Segmenters: a long unit to sentences."""
