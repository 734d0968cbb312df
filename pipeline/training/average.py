"""Phase 6: the exponential average that training keeps, as average/weights.pt."""

from __future__ import annotations

from pipeline.training.settings import Settings


def run(settings: Settings) -> dict[str, int]:
    """Takes the average out of the last checkpoint; returns the number of parameters and steps."""
    import torch

    state = torch.load(settings.folder / "train" / "checkpoint.pt", map_location="cpu", weights_only=True)
    folder = settings.folder / "average"
    folder.mkdir(exist_ok=True)
    torch.save(state["average"], folder / "weights.pt")
    return {"parameters": sum(p.numel() for p in state["average"].values()), "steps": state["counters"][1]}
