"""How good the enforcer and the checks are, as the README tells it: `python -m tests.measure --help`."""
