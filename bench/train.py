"""Train the sorting model: ``make train``, or ``python -m bench.train`` in an environment with the ``train`` extra.

Two stages, so that one held-out third pays for the calibration:

1. The encoder is fitted to two thirds of the stories. Its opinion of the last third, and the linear part's, which
   did not see that third either, give the weights of the pool, the threshold of doubt and the measures.
2. The encoder goes on with all stories and our own examples; the linear part is fitted again to all of them.

About half an hour on two free cores. The same pins and data give the same numbers (one thread).
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import log_softmax

from bench import linear, network
from bench.labelled import DATA, KEYS, OWN, comments, own_comments
from feedback.sorting.model import FILES, FOLDER

VERSION = "minilm-1"
HELD_OUT = 0
UNSURE_BELOW = 0.5


def main() -> None:
    """Read the arguments, train, and write the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of dev.jsonl and train.jsonl")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the model is written")
    parser.add_argument("--state", type=Path, default=Path("build/train"), help="where finished stages are kept")
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    train(options.data, options.out, options.state)


def train(data: Path, out: Path, state: Path) -> None:
    """Both stages, the linear part, the pool and the manifest. A stage kept in ``state`` is not repeated."""
    real, own = comments(data), own_comments()
    first = stage(state / "first.pt", None, [c for c in real if c.fold != HELD_OUT], network.FIRST_STAGE)
    table = linear.tabulate([*real, *own])
    pool, measures = calibrate(first, [c for c in real if c.fold == HELD_OUT], table)
    second = stage(state / "second.pt", first, [*real, *own], network.SECOND_STAGE)
    linear.save_linear(linear.fit_linear(table), out / "linear.npz")
    network.export(second, out / "encoder.onnx")
    (out / "vocabulary.txt").write_text("\n".join(network.vocabulary()) + "\n", encoding="utf-8")
    write_manifest(out, pool, linear.stance_of_kind(table.rows(table.folds != OWN)), measures)


def stage(
    kept: Path, start: network.Network | None, found: list[network.Comment], plan: network.Schedule
) -> network.Network:
    """The network fitted by ``plan`` from ``start`` (``None``: the pre-trained one), or as an earlier run kept it."""
    fitted = network.Network()
    if kept.exists():
        fitted.load_state_dict(torch.load(kept, weights_only=True))
        return fitted.eval()
    if start is not None:
        fitted.load_state_dict(start.state_dict())
    network.fit(fitted, found, plan)
    torch.save(fitted.state_dict(), kept)
    return fitted


Pool = tuple[float, float, NDArray[np.float64]]


def calibrate(
    first: network.Network, held: list[network.Comment], table: linear.Table
) -> tuple[Pool, dict[str, Any]]:
    """The pool's weights from the held-out third, and how good and how honest it is there."""
    rows = table.rows(table.folds == HELD_OUT)
    encoder = log_softmax(network.opinions(first, held)[:, : len(KEYS)].astype(np.float64), axis=1)
    other = linear.log_probabilities(linear.fit_linear(table.rows(table.folds != HELD_OUT)), rows)
    pool = linear.fit_pool(encoder, other, rows.kinds)
    sure = linear.pooled(pool, encoder, other)
    right, top = sure.argmax(axis=1) == rows.kinds, sure.max(axis=1)
    measures = {
        "held_out_remarks": len(rows.kinds),
        "accuracy": round(float(right.mean()), 3),
        "sure": round(float((top >= UNSURE_BELOW).mean()), 3),
        "accuracy_of_sure": round(float(right[top >= UNSURE_BELOW].mean()), 3),
    }
    print(json.dumps(measures))
    return pool, measures


def write_manifest(out: Path, pool: Pool, stances: NDArray[np.float64], measures: dict[str, Any]) -> None:
    """``model.json``: version, checksums, and the numbers that are not worth a file of their own."""
    manifest = {
        "version": VERSION,
        "files": {name: {"sha256": _sha256(out / name), "bytes": (out / name).stat().st_size} for name in FILES},
        "pool": {"encoder": pool[0], "linear": pool[1], "bias": pool[2].round(5).tolist()},
        "stance_of_kind": stances.round(5).tolist(),
        "unsure_below": UNSURE_BELOW,
        "measures": measures,
    }
    (out / "model.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
