"""Reports: one module each, found by name."""
