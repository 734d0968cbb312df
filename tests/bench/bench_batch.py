"""Two workers of a batch job against CTranslate2 driven directly with its best settings, over the same text.

Both in processor time, which other load on the machine does not stretch; what starting costs is taken off by measuring a
short and a long text.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.base import Row, genre

_SHORT, _LONG = 40, int(os.environ.get("BENCH_SEGMENTS", "600"))
_OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false")
_DIRECT = """
import sys
import ctranslate2
from pipeline.engines.base import make
texts = open(sys.argv[1], encoding="utf-8").read().splitlines()
engine = make("compact", {"dictionary": False})
translator = ctranslate2.Translator(str(engine.folder), compute_type="int8", inter_threads=2, intra_threads=1)
sources = [[">>rus<<", *engine._pieces.encode(text, out_type=str), "</s>"] for text in texts]
given = dict(engine._card.get("decoding", {}))
given |= {"beam_size": engine.beam, "num_hypotheses": engine.beam, "max_decoding_length": 256}
translator.translate_batch(sources, max_batch_size=2048, batch_type="tokens", **given)
"""


def spent(*command: str) -> float:
    """Processor seconds of a command with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run() -> list[Row]:
    texts = [f"（{i}）{text}" for i, text in enumerate(genre(_LONG))]
    ours, peer, full = [], [], []
    with tempfile.TemporaryDirectory() as name:
        for count in (_SHORT, _LONG):
            path = Path(name) / f"{count}.txt"
            path.write_text("\n".join(texts[:count]) + "\n", encoding="utf-8")
            batch = (sys.executable, "-m", "pipeline.cli.main", "batch", "run", str(path), "--from", "zh", "--to", "ru")
            more = ("--workers", "2", "--quiet", "--store")
            ours.append(spent(*batch, *_OFF, *more, f"{path}.bare"))
            full.append(spent(*batch, *more, f"{path}.full"))
            peer.append(spent(sys.executable, "-c", _DIRECT, str(path)))
    direct = peer[1] - peer[0]
    return [
        Row(
            "batch, 2 workers, engine alone / CTranslate2 driven directly", ours[1] - ours[0], direct, "s", "under 1.1"
        ),
        Row("batch, 2 workers, enforcer and checks too / the same", full[1] - full[0], direct, "s", "to know"),
    ]
