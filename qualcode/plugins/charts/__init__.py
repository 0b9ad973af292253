"""Charts drawn: values in, SVG or PNG out."""
