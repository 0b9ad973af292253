"""The only code that writes projects and results."""
