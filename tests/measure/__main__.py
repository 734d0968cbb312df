"""Figures of the README: `terms` (written cases), `sound` (sound rows changed), `spoilt` (spoilt rows restored), `weak`
(marked errors found), `embassy` (official texts and three systems)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.model import LANGS
from tests.measure import embassy, terms, weak
from tests.measure.rows import SETS, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.measure", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("terms", "files of cases"), ("weak", "files of marked renderings")):
        commands.add_parser(name).add_argument("file", nargs="*", type=Path, help=f"{what}; the project's own if none")
    asked = commands.add_parser("sound")
    asked.add_argument("set", choices=SETS)
    asked.add_argument("source", choices=LANGS)
    asked.add_argument("target", choices=LANGS)
    asked.add_argument("--limit", type=int, default=1500, help="terms to look at")
    asked.add_argument("--start", type=int, default=0, help="rows to pass over, so that others are measured")
    asked.add_argument("--show", action="store_true", help="print what is changed")
    asked = commands.add_parser("spoilt")
    asked.add_argument("source", choices=("zh", "en"))
    asked.add_argument("--limit", type=int, default=300, help="rows to look at")
    asked.add_argument("--any", action="store_true", help="put any other form, not the dictionary form")
    commands.add_parser("embassy")
    given = parser.parse_args()
    if given.command == "terms":
        for path in terms.files(given.file):
            print(f"{path.stem}: {terms.written(table(path, terms.COLUMNS))}", flush=True)
    elif given.command == "weak":
        for path in weak.files(given.file):
            print(f"{path.stem}: {weak.measured(table(path, weak.COLUMNS))}", flush=True)
    elif given.command == "sound":
        print(terms.untouched(given.set, given.source, given.target, given.limit, given.start, show=given.show))
    elif given.command == "spoilt":
        print(terms.restored(given.source, given.limit, every=given.any))
    else:
        for line in embassy.measured():
            print(line, flush=True)


if __name__ == "__main__":
    main()
