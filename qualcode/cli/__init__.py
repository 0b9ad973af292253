"""The command line: reads arguments, calls the library, prints what comes back."""
