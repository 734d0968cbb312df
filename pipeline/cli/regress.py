"""Score an engine or given outputs on reference sets; fail where it got worse."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import registry
from pipeline.cli import _common as common
from pipeline.cli import _output, _sides
from pipeline.errors import DataError, InputError, UsageError
from pipeline.reports.base import counted

if TYPE_CHECKING:
    from pipeline.jobs.regress import Verdict

app = typer.Typer(add_completion=False)
_REPORTS = (".json", ".xml", ".sarif", ".md", ".txt")


@app.command()
def regress(
    refsets: Annotated[
        list[str],
        typer.Argument(
            metavar="REFSET...", help="Bitexts (- for standard input), folders of them, or a manifest.toml."
        ),
    ],
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Baseline to compare with.")
    ] = None,
    update: Annotated[
        bool,
        typer.Option("--update-baseline", "--update", help="Write the baseline anew (also where there is none)."),
    ] = False,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--outputs", metavar="FILE", help="Judge these outputs, one a line or a bitext; one for each set."
        ),
    ] = None,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", help="bleu, chrf, chrfpp, ter ...; repeatable.")
    ] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(
            "--tolerance", metavar="METRIC=LOSS", help="A loss that does not fail; then significance is not asked."
        ),
    ] = None,
    source: common.From = None,
    target: common.To = None,
    engine: common.Engine = None,
    glossary: common.Glossaries = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help=".json .xml (JUnit) .sarif .md .txt (GitHub)")
    ] = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Scores reference sets and compares them with a committed baseline.

    It fails (exit status 1) where a metric lost significantly (paired bootstrap over documents, p < 0.05) or more
    than its --tolerance, or where a term that was right is no longer. A set that the baseline does not hold is scored
    only: the last line says so, and the exit status stays 0.
    """
    from pipeline.jobs import refsets as sets
    from pipeline.jobs import regress as jobs

    settings = common.settings(profile, assign, engine=engine, glossaries=glossary, offline=offline)
    chosen = metric or ["bleu", "chrf", "ter"]
    for name in chosen:
        registry.load("quality.metrics", name)  # an unknown one is refused before anything is read
    allowed = _tolerances(tolerance or [], {*registry.names("quality.metrics"), *jobs.ALWAYS, "term"})
    if update and baseline is None:
        raise UsageError("--update needs --baseline FILE")
    if report is not None and Path(report).suffix not in _REPORTS:
        raise UsageError(f"{report}: no report is known for this file name", hint=f"end it in {' '.join(_REPORTS)}")
    for written in (output, report, baseline if update else None):
        common.ready(written or "-")
    if refsets.count("-") > 1:
        raise UsageError("standard input is read once", hint="give - only once")
    if missing := next((path for path in refsets if path != "-" and not Path(path).exists()), None):
        raise InputError("no such file or folder", where=missing)
    loaded = sets.load(refsets, source, target)  # type: ignore[arg-type]
    if outputs and len(outputs) != len(loaded):
        raise UsageError(
            f"{counted(len(outputs), 'output')} for {counted(len(loaded), 'set')}",
            hint="one --outputs for each set, in order",
        )
    if baseline and not update and not Path(baseline).is_file():
        raise DataError("no such baseline", where=baseline, hint="--update makes it")
    _output.of_lines(output) if as_json else _output.of_text(output)
    for refset in loaded:
        pairs = [(left, right[0]) for left, right in zip(refset.sources, refset.references, strict=True)]
        common.warn(_sides.message(refset.name, pairs, refset.ids, refset.source_lang, refset.target_lang))
    known = jobs.load(baseline) if baseline else {"sets": {}}
    verdicts: list[Verdict] = []
    kept = len(known["sets"].keys() - {refset.key for refset in loaded})
    for number, refset in enumerate(loaded):
        given = sets.outputs(Path(outputs[number]), refset) if outputs else None
        progress = common.Progress(refset.key, quiet=quiet)
        run = jobs.run(refset, settings, chosen, given, progress)
        held = known["sets"].get(refset.key)
        if update and held is not None and held["ids"] != list(refset.ids):
            held = None  # a set that has grown: its entry is written anew, there is nothing to compare
        verdicts.append(jobs.judge(run, held, allowed))
    if update and baseline is not None:
        merged = known["sets"] | {v.run.refset.key: jobs.entry(v.run) for v in verdicts}
        common.files.write_text(baseline, jobs.dump({"sets": merged}))
    written = baseline if update else None
    text = as_json_text(verdicts) if as_json else readable(verdicts, written, kept)
    common.files.write_text(output, text)
    if as_json and not update:
        common.note(alone(verdicts), quiet=quiet)
    if report is not None:
        common.files.write_text(report, rendered(Path(report).suffix, verdicts))
    failed = any(v.regressions for v in verdicts) and not update
    raise typer.Exit(1 if failed else 0)


def _tolerances(given: list[str], known: set[str]) -> dict[str, float]:
    out = {}
    for item in given:
        name, _, value = item.partition("=")
        if name not in known:
            raise UsageError(f"--tolerance {item}: unknown metric {name!r}", hint=f"known: {', '.join(sorted(known))}")
        try:
            out[name] = float(value)
        except ValueError:
            out[name] = -1.0
        if not out[name] >= 0:
            raise UsageError(f"--tolerance {item}: needs METRIC=NUMBER", hint="the loss to allow, 0 or more")
    return out


def alone(verdicts: list[Verdict]) -> str:
    """What to tell of the sets that were compared with nothing; "" where there is none."""
    new = [v.run.refset.key for v in verdicts if v.new]
    if not new:
        return ""
    what = "nothing was compared" if len(new) == len(verdicts) else f"not compared: {', '.join(new)}"
    return f"{what} (no baseline; make one: palladius regress REFSET... --baseline FILE --update)"


def readable(verdicts: list[Verdict], written: str | None = None, kept: int = 0) -> str:
    """The scores and changes of every set. `written`: the baseline that they were put into, `kept`: sets that it holds
    besides, as they were."""
    out: list[str] = []
    for verdict in verdicts:
        run = verdict.run
        rate = len(run.refset) / run.seconds if run.seconds > 0.01 else 0
        speed = f", {rate:.1f} segments/s" if rate else ""
        new = " (no baseline yet)" if verdict.new else ""
        out.append(f"{run.refset.key}: {counted(len(run.refset), 'segment')}{speed}{new}")
        for name in run.statistics:
            made = verdict.comparisons.get(name)
            line = f"  {name:8} {run.score(name):8.2f}"
            if made is not None:
                line += f"  {made.change:+.2f} [{made.low:+.2f}, {made.high:+.2f}]  p = {made.p:.3f}"
            out.append(line)
        out += [f"  term: {line}" for line in verdict.changed_terms]
        for item in verdict.worst[:5]:
            out += [
                f"  changed [{item['id']}] {item['loss']:+.1f}",
                *(f"    {line}" for line in diff(item["old"], item["new"])),
            ]
        out += [f"  REGRESSION {line}" for line in verdict.regressions]
    total = sum(len(v.regressions) for v in verdicts)
    if written is not None:
        others = f", and {counted(kept, 'set')} as before" if kept else ""
        out.append(f"{written}: holds {counted(len(verdicts), 'set')} as measured now{others}")
    elif said := alone(verdicts):
        out.append(said)
    if total or not all(v.new for v in verdicts):
        out.append(counted(total, "regression") if total else "no regression")
    return "\n".join(out) + "\n"


def diff(old: str, new: str) -> list[str]:
    """Two lines, the words that went in [-brackets-] and those that came in {+braces+}."""
    a, b = old.split(" ") if " " in old else list(old), new.split(" ") if " " in new else list(new)
    glue = " " if " " in old + new else ""
    left, right = [], []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            left.append(glue.join(a[i:j]))
            right.append(glue.join(b[k:m]))
            continue
        left += [f"[-{glue.join(a[i:j])}-]"] if j > i else []
        right += [f"{{+{glue.join(b[k:m])}+}}"] if m > k else []
    return [f"- {glue.join(left)}", f"+ {glue.join(right)}"]


def as_json_text(verdicts: list[Verdict]) -> str:
    content = []
    for verdict in verdicts:
        run = verdict.run
        compared = {
            name: {
                "old": round(c.old, 4),
                "new": round(c.new, 4),
                "low": round(c.low, 4),
                "high": round(c.high, 4),
                "p": c.p,
            }
            for name, c in verdict.comparisons.items()
        }
        content.append(
            {
                "set": run.refset.name,
                "direction": f"{run.refset.source_lang}-{run.refset.target_lang}",
                "segments": len(run.refset),
                "compared": not verdict.new,
                "seconds": round(run.seconds, 3),
                "scores": {name: round(run.score(name), 4) for name in run.statistics},
                "signatures": run.signatures,
                "comparisons": compared,
                "terms": {key: {"right": r, "all": n} for key, (r, n) in run.terms.items()},
                "regressions": list(verdict.regressions),
                "worst": list(verdict.worst),
            }
        )
    return (
        json.dumps(
            {"sets": content, "regressions": sum(len(v.regressions) for v in verdicts)}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def rendered(suffix: str, verdicts: list[Verdict]) -> str:
    """The report that a file name asks for."""
    from xml.sax.saxutils import escape, quoteattr

    from pipeline.reports import sarif

    lines = [(v, line) for v in verdicts for line in v.regressions]
    if suffix == ".json":
        return as_json_text(verdicts)
    if suffix == ".xml":
        cases = []
        for v in verdicts:
            for name in v.run.statistics:
                bad = [r for r in v.regressions if r.startswith(f"{v.run.refset.key} {name}:")]
                failure = f"<failure message={quoteattr(bad[0])}>{escape(bad[0])}</failure>" if bad else ""
                if name not in v.comparisons:
                    failure = '<skipped message="no baseline: nothing was compared"/>'
                cases.append(
                    f"<testcase classname={quoteattr(v.run.refset.key)} name={quoteattr(name)}>{failure}</testcase>"
                )
            terms = [r for r in v.regressions if " term: " in r]
            head = f'<testcase classname={quoteattr(v.run.refset.key)} name="terms">'
            cases += [f"{head}<failure message={quoteattr(r)}/></testcase>" for r in terms]
        failures = sum("<failure" in c for c in cases)
        body = "\n".join(cases)
        skipped = sum("<skipped" in c for c in cases)
        counts = f'tests="{len(cases)}" failures="{failures}" skipped="{skipped}"'
        head = f'<testsuite name="palladius regress" {counts}>'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}\n</testsuite>\n'
    if suffix == ".sarif":
        results = [_result("regression", "error", line, [v]) for v, line in lines]
        if said := alone(verdicts):
            results.append(_result("no-baseline", "note", said, [v for v in verdicts if v.new]))
        rules = dict.fromkeys(["regression", *(str(result["ruleId"]) for result in results)])
        return sarif.log("palladius regress", [{"id": name} for name in rules], results)
    if suffix == ".txt":
        said = alone(verdicts)
        notice = f"::notice title=no baseline::{said}\n" if said else ""
        return "".join(f"::error title=regression::{line}\n" for _, line in lines) + notice
    if suffix == ".md":
        rows = [
            "# Regression",
            "",
            "| set | metric | score | change | 95 % | p |",
            "| --- | --- | ---: | ---: | --- | ---: |",
        ]
        for v in verdicts:
            for name in v.run.statistics:
                c = v.comparisons.get(name)
                tail = f"{c.change:+.2f} | {c.low:+.2f} … {c.high:+.2f} | {c.p:.3f}" if c else "| | "
                rows.append(f"| {v.run.refset.key} | {name} | {v.run.score(name):.2f} | {tail} |")
        said = alone(verdicts)
        rows += ["", *(f"- **regression** {line}" for _, line in lines), *([f"- {said}"] if said else [])]
        return "\n".join([*rows, ""])
    raise UsageError(f"no report is known for {suffix!r}", hint=" ".join(_REPORTS))


def _result(rule: str, level: str, text: str, verdicts: list[Verdict]) -> dict[str, object]:
    """A result of SARIF, at the files of the sets that it is about."""
    from pipeline.reports import sarif

    places = [sarif.location(v.run.refset.file) for v in verdicts]
    return {"ruleId": rule, "level": level, "message": {"text": text}, "locations": places}
