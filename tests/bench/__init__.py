"""Benchmarks: `make bench`, or `python -m tests.bench NAME...`; each a ratio against a peer in the same run."""
