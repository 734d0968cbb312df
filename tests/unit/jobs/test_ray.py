"""The same job on a real Ray cluster of two nodes, one of them killed in the middle."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="the extra ray is not installed")

from pipeline import settings
from pipeline.jobs import runner
from pipeline.jobs.store import Store

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]


def test_a_node_is_killed_in_the_middle(tmp_path: Path) -> None:
    from ray.cluster_utils import Cluster

    source = tmp_path / "in.txt"
    source.write_text("".join(f"第{i}行文字，用来测试。\n" for i in range(12_000)), encoding="utf-8")
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    assign = ["engines.echo.delay=0.3", "engines.echo.prefix=Ж", "enforce.enabled=false"]
    config = settings.load("draft", assign, engine="echo").model_dump()
    killed = False

    def tick(done: int, total: int) -> None:
        nonlocal killed
        if done > 2000 and not killed:
            killed = True
            cluster.remove_node(node, allow_graceful=False)

    try:
        with Store(tmp_path / "job", create=True) as store:
            runner.start(store, str(source), "zh", "ru", config)
            runner.take_in(store)
            with closing(runner.pool(store, 2, cluster.address)) as pool:
                runner.work(store, pool, tick)
            assert killed
            assert runner.status(store).left == 0
            list(runner.export(store, tmp_path / "out"))
        made = (tmp_path / "out" / "in.txt").read_text(encoding="utf-8")
        assert made == "".join("Ж" + line + "\n" for line in source.read_text(encoding="utf-8").splitlines())
    finally:
        cluster.shutdown()


def test_an_actor_that_hangs_is_replaced(plugin: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("".join(f"第{i}行文字\n" for i in range(40)), encoding="utf-8")
    assign = ["engines.faulty.how=hang", "engines.faulty.on=第7行", "enforce.enabled=false"]
    config = settings.load("draft", assign, engine="faulty").model_dump()
    with Store(tmp_path / "job", create=True) as store:
        runner.start(store, str(source), "zh", "ru", config)
        runner.take_in(store)
        with closing(runner.pool(store, 1, "local", lease=8.0)) as pool:
            runner.work(store, pool)
        told = runner.status(store)
        assert (told.counts["done"], told.counts["failed"], told.left) == (39, 1, 0)
        assert told.failures[0][0] == "第7行文字" and "no answer within 8 s" in told.failures[0][1]
