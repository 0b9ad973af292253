"""Quotations inside prose: who is quoted, and where a report says so."""
