"""Pure functions of the method: values in, values out."""
