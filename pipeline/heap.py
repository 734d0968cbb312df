"""What stages with large tables ask of the search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: what checks and the enforcer make has no cycles, and the
    tables are a large heap.

    Nor afterwards: what was made counts as old at once, so that no search for young garbage goes through all of it.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            if not gc.get_freeze_count():  # what somebody froze is to stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
