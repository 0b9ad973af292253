"""Comparing a written draft with the study: quotations, numbers, names, quantifiers."""
