"""palladius: the command, its subcommands loaded when they are used."""

from __future__ import annotations

import ast
import codecs
import importlib
import io
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any


def _leave(_signal: int, _frame: Any) -> None:
    """Ctrl-C while the modules below are loaded: there is nothing to clean up, and nobody wants a traceback."""
    os.write(2, b"palladius: interrupted\n")
    os._exit(130)


_MAIN = threading.current_thread() is threading.main_thread()
if _MAIN and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, _leave)

import typer  # noqa: E402
from typer.core import TyperCommand, TyperGroup  # noqa: E402

# The parser multiplies small matrices: threads only get in each other's way there. Set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pipeline  # noqa: E402
from pipeline.errors import PalladiusError  # noqa: E402
from pipeline.files import said, write_text  # noqa: E402

if signal.getsignal(signal.SIGINT) is _leave:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on `guarded` says it

COMMANDS = (
    "translate",
    "enforce",
    "check",
    "review",
    "regress",
    "batch",
    "glossary",
    "name",
    "memory",
    "engines",
    "serve",
)

_HALVES = re.compile(r"(?:\\udc[89a-f][0-9a-f])+")  # as quoted in a message, see files.said


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.py")


def _title(name: str) -> str:
    """First line of a command module's docstring, read without importing it."""
    text = ast.get_docstring(ast.parse(_file(name).read_text(encoding="utf-8"))) or name
    return text.strip().splitlines()[0]


class LazyGroup(TyperGroup):
    """Knows the names and titles of all commands, and imports one only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name in COMMANDS if _file(name).is_file()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        if ctx.meta.get("palladius.help"):
            return TyperCommand(cmd_name, help=_title(cmd_name))
        module = importlib.import_module(f"pipeline.cli.{cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        title, own = _title(cmd_name), re.sub(r"(?<!\n)\n(?!\n)", " ", (command.help or "").strip())
        command.help = title if not own or own.startswith(title) else f"{title}\n\n{own}"
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.commands = {name: TyperCommand(name) for name in self.list_commands(ctx)}  # for "did you mean"
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        ctx.meta["palladius.help"] = True
        super().format_help(ctx, formatter)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Translates official texts between Russian, Chinese and English, with official names in their official form.",
)


def _version(wanted: bool) -> None:
    if wanted:
        write_text("-", f"palladius {pipeline.__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")] = False,
) -> None:
    pass


def guarded(action: Callable[[], Any], *, debug: bool = False) -> int:
    """Runs the action; a PalladiusError becomes one line on stderr and its exit status."""
    try:
        action()
    except PalladiusError as error:
        _traced(debug)
        _say(f"palladius: {error}")
        return error.code
    except KeyboardInterrupt:
        _interrupted()
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        _traced(debug)
        _say("palladius: out of memory (give the work in smaller files, or use palladius batch)")
        return 3
    except OSError as error:
        _traced(debug)
        _say(f"palladius: {error.filename or 'output'}: {error.strerror or error}")
        return 3
    except Exception as error:
        _traced(debug)
        _say(f"palladius: internal error: {type(error).__name__}: {error} (run it again with --debug and report it)")
        return 3
    return 0


def _traced(debug: bool) -> None:
    """With --debug, where the error came from; the line and the exit status stay what they are."""
    if debug:
        traceback.print_exc()


def _usage(error: Exception) -> int:
    """Typer's own errors (a misspelt option or command) as one line and status 2; everything else goes on up."""
    if type(error).__name__ == "Abort":
        raise KeyboardInterrupt from error
    if type(error).__name__ == "NoArgsIsHelpError":
        write_text("-", str(error) + "\n")
        return 2
    text = getattr(error, "format_message", None)
    if text is None or not hasattr(error, "exit_code"):
        raise error
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "palladius"
    _say(f"palladius: {text()} (see {path} --help)")
    return 2


def _say(line: str) -> None:
    line = said(_HALVES.sub(lambda quoted: ast.literal_eval(f"'{quoted.group()}'"), line))
    sys.stderr.write(" ".join(line.split()) + "\n")
    sys.stderr.flush()


def run(args: list[str] | None = None) -> None:
    """Entry point. `--debug` may stand anywhere on the line; `help COMMAND` is `COMMAND --help`."""
    argv = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in argv
    argv = [arg for arg in argv if arg != "--debug"]
    if argv[:1] == ["help"]:
        argv = [*argv[1:], "--help"]
    signal.signal(signal.SIGTERM, _terminated)
    if sys.stderr is None:  # 2>&-: what is told is told to nobody
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    _readable()
    status = 0

    def action() -> None:
        nonlocal status
        try:
            left = app(args=argv, prog_name="palladius", standalone_mode=False)
            status = left if isinstance(left, int) else 0
            if sys.stdout is not None:
                sys.stdout.flush()  # a help text: an error now has its line and its exit status
        except SystemExit as leaving:
            if isinstance(leaving.__context__, BrokenPipeError):  # the reader has gone: no failure of ours
                raise leaving.__context__ from None
            status = leaving.code if isinstance(leaving.code, int) else 1
        except Exception as error:
            status = _usage(error)

    failure = guarded(action, debug=debug)
    _let_go()
    if status == 130:
        _interrupted()
    raise SystemExit(failure or status)


def _let_go() -> None:
    """What standard output did not take is given up: Python would try again as it ends, and leave with status 120."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _readable() -> None:
    """Messages in UTF-8, as the results are, where the locale has no encoding that could hold them (LC_ALL=C, Latin-1)
    and nobody chose one."""
    stream = sys.stderr
    if "PYTHONIOENCODING" in os.environ or not isinstance(stream, io.TextIOWrapper):
        return
    if codecs.lookup(stream.encoding).name in ("ascii", "iso8859-1", "cp1252"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _interrupted() -> None:
    """On a line of its own: the terminal has written ^C behind the progress."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    _say("palladius: interrupted")


def _terminated(_signal: int, _frame: Any) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    run()
