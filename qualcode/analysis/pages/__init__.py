"""The pages of a report as values: quotations in context, codes, documents with their codings."""
