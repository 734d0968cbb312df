"""Runs one input through a target, to see where it fails: python -m tests.fuzz.again TARGET FILE..."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fuzz.targets import targets

if __name__ == "__main__":
    for path in sys.argv[2:]:
        targets()[sys.argv[1]](Path(path).read_bytes())
        print(path, "is fine now")
