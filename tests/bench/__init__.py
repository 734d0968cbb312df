"""Benchmarks: `make bench`, or `python -m tests.bench NAME...`; each a ratio against a peer in the same run."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: waiting threads count as processor time
