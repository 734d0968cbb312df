"""What can go wrong for a user. Everything else is a bug and keeps its traceback."""

from __future__ import annotations


class PalladiusError(Exception):
    """One line that says what was wrong, where, and what to do; `code` is the exit status."""

    code = 3

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.where, self.hint = message, where, hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.hint})" if self.hint else head


class UsageError(PalladiusError):
    """Wrong usage or settings."""

    code = 2


class InputError(PalladiusError):
    """A file or line that cannot be read."""


class OutputError(PalladiusError):
    """Something that cannot be written; what stood there before is intact."""


class EngineError(PalladiusError):
    """An engine or model that is missing or failed."""


class DataError(PalladiusError):
    """A glossary, asset or memory that is broken."""


class MissingExtra(EngineError):
    """An optional package that is not installed."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs the package {package}", hint=f'install it: pip install "palladius[{extra}]"')
