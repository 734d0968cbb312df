"""Russian: paradigms, names, syntax, agreement."""
