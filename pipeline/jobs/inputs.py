"""The files of a job: which they are, where each goes in an export, and what lies beside them and is left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import files
from pipeline.errors import InputError, UsageError
from pipeline.formats import base as formats

_RESULT = ".palladius-result"  # an empty file in a folder of results that lies in the folder of its inputs


def inputs(job: str) -> list[tuple[str, str]]:
    """(path, format) of every file: a folder's, a manifest's (one path a line, relative to it), or the one file.

    Raises InputError where there is none, UsageError with the line for a file of a manifest that no format knows.
    """
    path = Path(job)
    if path.is_dir():
        out = [(str(file), form) for file, form, why in _found(path) if not why]
        if not out:
            raise InputError("holds no file that a format knows", where=job)
        return out
    if path.suffix == ".manifest":
        return [(file, _format(file, f"{job}:{number}")) for number, file in _listed(job)]
    if job == "-":
        raise UsageError("a job works on files, so that it can be resumed", hint="save the input as a file first")
    if not path.is_file():
        raise InputError("no such file or folder", where=job)
    return [(job, _format(job))]


def skipped(job: str) -> list[tuple[str, str]]:
    """(path, why) of what lies in a job's folder and is not translated. Hidden files go without saying."""
    path = Path(job)
    return [(str(file), why) for file, _, why in _found(path) if why] if path.is_dir() else []


def missing(job: str, path: str, error: OSError) -> InputError:
    """What to say of a file of the job that the system does not give: with its line, where a manifest names it."""
    said = f"cannot be read: {error.strerror or error}"
    if Path(job).suffix == ".manifest" and not Path(job).is_dir():
        line = next((number for number, file in _listed(job) if file == path), None)
        if line is not None:
            return InputError(f"{path} {said}", where=f"{job}:{line}")
    return InputError(said, where=path)


def _marked(folder: Path) -> bool:
    """Is it a folder of results? One that cannot be opened is none: the walk tells of it."""
    try:
        return (folder / _RESULT).is_file()
    except OSError:
        return False


def walked(folder: Path) -> Iterator[tuple[Path, str]]:
    """(path, "") of every file under a folder, in order, and (path, why not) of what is left out: links, pipes, folders
    that cannot be opened, results of an earlier run. Hidden files and folders (.git, .DS_Store) go without saying."""
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        found = [Path(place, name) for name in sorted([*folders, *names]) if not name.startswith(".")]
        results = [path for path in found if path.is_dir() and _marked(path)]
        folders[:] = sorted(path.name for path in found if path.name in folders and path not in results)
        for path in found:
            if path.is_symlink():  # no link leads out of the folder
                yield path, "is a link, and left out"
            elif path in results:
                yield path, "is the result of an earlier run, and left out"
            elif not path.is_dir():
                yield path, "" if path.is_file() else "is no file but a pipe, a socket or a device, and left out"
    for error in closed:
        yield Path(error.filename), f"cannot be read: {error.strerror or error}"


def mark(job: str, folder: Path) -> None:
    """Marks a folder of results that lies in the folder of its inputs, so that the next run leaves it out."""
    top, made = Path(job).resolve(), folder.resolve()
    if top in made.parents:
        files.write_bytes(made / _RESULT, b"")


def _found(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """(file, format, "") of what is translated, (file, "", why not) of the rest; without hidden files."""
    for file, why in sorted(walked(folder)):
        if why:
            yield file, "", why
        elif not (form := _known(file)):
            yield file, "", "no format is known for this file name"
        elif not formats.plugin(form).wanted(str(file.relative_to(folder.parent))):
            yield file, "", "its name and folder do not say that it is to translate (give it alone)"
        else:
            yield file, form, ""


def _known(file: Path) -> str:
    try:
        return formats.by_name(str(file))
    except UsageError:
        return ""


def _listed(job: str) -> list[tuple[int, str]]:
    """(line, path) of what a manifest names. Raises InputError where it names nothing."""
    lines = files.decode(files.read_bytes(job), job).splitlines()
    named = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and line[:1] != "#"]
    if not named:
        raise InputError("names no file", where=job, hint="one path a line, relative to the manifest")
    return [(number, str(Path(job).parent / name)) for number, name in named]


def _format(file: str, where: str = "") -> str:
    try:
        return named(file)
    except UsageError as error:
        raise UsageError(error.message, where=where, hint=error.hint) from error


def named(file: str, *, bilingual: bool = False) -> str:
    """The format by the name of a file. Raises UsageError, whose hint offers no --format: jobs do not have it."""
    try:
        return formats.by_name(file)
    except UsageError as error:
        if not error.hint.startswith("name one with --format"):
            raise
        endings = " ".join(plugin.suffixes[0] for _, plugin in formats.known() if plugin.bilingual or not bilingual)
        raise UsageError(error.message, hint=f"rename it: known endings are {endings}") from error


def inside(job: str, path: str) -> Path:
    """Where a file goes in the folder of an export: as it lies under the job's folder or beside its manifest.

    What lies elsewhere goes by its name alone, so that nothing is written outside of the export.
    """
    top, file = Path(job), Path(path)
    if not top.is_dir():
        top = top.parent
    try:
        # Not resolve(): a link stays where it lies.
        return Path(os.path.normpath(file.absolute())).relative_to(os.path.normpath(top.absolute()))
    except ValueError:
        return Path(file.name)


def apart(job: str, paths: Iterable[str], folder: Path) -> None:
    """Raises UsageError where an export to `folder` would write over a file of the job, or where that is no folder."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file", hint="name a folder for the results")
    for path in paths:
        if files.same(path, folder / inside(job, path)):
            raise UsageError(f"{path}: is the source, and would be written over", hint="export to another folder")
