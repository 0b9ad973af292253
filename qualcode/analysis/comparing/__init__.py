"""Constant comparison: segments side by side, extremes, proposals from evidence."""
