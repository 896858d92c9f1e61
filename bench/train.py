"""Train the sorting model: ``make train``, or ``python -m bench.train`` in an environment with the ``train`` extra.

1. For each third of the stories, an encoder is fitted to the other two and to our own examples, and so is a linear
   part. Their opinions of the third that they did not see, put together, give the weights of the pool: it is fitted,
   and so calibrated, on every real remark, each judged by parts to which its story was new.
2. What ships is one encoder and one linear part fitted in the same way to everything.

The same pins and data give the same numbers (one thread). That is four times about ten minutes; ``--stage`` fits one
of the encoders only, so that two processes can share the work. Finished encoders are kept, and not fitted again.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import log_softmax

from bench import linear, network
from bench.labelled import DATA, FOLDS, KEYS, OWN, Comment, comments, own_comments
from feedback.sorting.model import FILES, FOLDER

VERSION = "minilm-2"
UNSURE_BELOW = 0.5
STATE = Path("build/train")
WHOLE = "whole"
STAGES = (*(f"fold-{fold}" for fold in range(FOLDS)), WHOLE)

Floats = NDArray[np.float64]
Pool = tuple[float, float, Floats]


def main() -> None:
    """Read the arguments, train, and write the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of dev.jsonl and train.jsonl")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the model is written")
    parser.add_argument("--state", type=Path, default=STATE, help="where finished encoders are kept")
    parser.add_argument("--stage", choices=STAGES, help="fit this encoder only")
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    everything = [*comments(options.data), *own_comments()]
    if options.stage:
        encoder(everything, options.stage, options.state)
    else:
        train(everything, options.out, options.state)


def train(everything: Sequence[Comment], out: Path, state: Path) -> None:
    """Fit all parts to ``everything`` and write the model."""
    table = linear.tabulate(everything)
    held = Opinions.of_folds(everything, table, state)
    pool = held.pool()
    out.mkdir(parents=True, exist_ok=True)
    linear.save_linear(linear.fit_linear(table), out / "linear.npz")
    network.export(encoder(everything, WHOLE, state), out / "encoder.onnx")
    write_manifest(out, pool, held.rows, held.measures(pool))


def encoder(everything: Sequence[Comment], stage: str, state: Path, layers: int | None = None) -> network.Network:
    """The encoder of a stage: fitted to all comments but those of its fold, or as an earlier run kept it."""
    # The new layers on top begin at random, the same in each stage and whatever was fitted before in this process.
    torch.manual_seed(network.SCHEDULE.seed)
    kept, fitted = state / f"{stage}.pt", network.Network(layers)
    if kept.exists():
        fitted.load_state_dict(torch.load(kept, weights_only=True))
        return fitted.eval()
    network.fit(fitted, [each for each in everything if f"fold-{each.fold}" != stage], network.SCHEDULE)
    torch.save(fitted.state_dict(), kept)
    return fitted


class Opinions:
    """What both parts think of real remarks whose stories they have not seen."""

    def __init__(self, rows: linear.Table, of_encoder: Floats, of_linear: Floats) -> None:
        """``of_encoder`` and ``of_linear``: log-probabilities (rows x kinds)."""
        self.rows, self.of_encoder, self.of_linear = rows, of_encoder, of_linear

    @classmethod
    def of_folds(
        cls, everything: Sequence[Comment], table: linear.Table, state: Path, layers: int | None = None
    ) -> "Opinions":
        """Those of every real remark, fold by fold."""
        fitted = [encoder(everything, f"fold-{fold}", state, layers) for fold in range(FOLDS)]
        parts = [cls._of_fold(everything, table, fold, fitted[fold]) for fold in range(FOLDS)]
        order = np.concatenate([np.flatnonzero(table.folds == fold) for fold in range(FOLDS)])
        rows = table.rows(order)
        return cls(rows, *(np.concatenate(side) for side in zip(*parts, strict=True)))

    @staticmethod
    def _of_fold(
        everything: Sequence[Comment], table: linear.Table, fold: int, fitted: network.Network
    ) -> tuple[Floats, Floats]:
        logits = network.opinions(fitted, [each for each in everything if each.fold == fold])[:, : len(KEYS)]
        other = linear.fit_linear(table.rows(table.folds != fold))
        return (
            log_softmax(logits.astype(np.float64), axis=1),
            linear.log_probabilities(other, table.rows(table.folds == fold)),
        )

    def pool(self, but: int | None = None) -> Pool:
        """The pool's numbers, fitted without the fold ``but``."""
        keep = self.rows.folds != but
        return linear.fit_pool(self.of_encoder[keep], self.of_linear[keep], self.rows.kinds[keep])

    def pooled_by_the_others(self) -> Floats:
        """Probabilities (rows x kinds), each fold's by the pool that was fitted without it."""
        found = np.zeros_like(self.of_encoder)
        for fold in range(FOLDS):
            rows = self.rows.folds == fold
            found[rows] = linear.pooled(self.pool(but=fold), self.of_encoder[rows], self.of_linear[rows])
        return found

    def measures(self, pool: Pool) -> dict[str, Any]:
        """How good and how honest ``pool`` is, without the rules."""
        found = linear.pooled(pool, self.of_encoder, self.of_linear)
        right, top = found.argmax(axis=1) == self.rows.kinds, found.max(axis=1)
        return {
            "held_out_remarks": len(right),
            "accuracy": round(float(right.mean()), 3),
            "sure": round(float((top >= UNSURE_BELOW).mean()), 3),
            "accuracy_of_sure": round(float(right[top >= UNSURE_BELOW].mean()), 3),
        }


def write_manifest(out: Path, pool: Pool, rows: linear.Table, measures: dict[str, Any]) -> None:
    """The vocabulary, and ``model.json``: version, checksums, and the numbers that are not worth a file of their own.

    :param rows: the real remarks from which it is counted how often each stance goes with each kind.
    """
    (out / "vocabulary.txt").write_text("\n".join(network.vocabulary()) + "\n", encoding="utf-8")
    manifest = {
        "version": VERSION,
        "files": {name: {"sha256": _sha256(out / name), "bytes": (out / name).stat().st_size} for name in FILES},
        "pool": {"encoder": pool[0], "linear": pool[1], "bias": pool[2].round(5).tolist()},
        "stance_of_kind": linear.stance_of_kind(rows.rows(rows.folds != OWN)).round(5).tolist(),
        "unsure_below": UNSURE_BELOW,
        "measures": measures,
    }
    (out / "model.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measures))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
