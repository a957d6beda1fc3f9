# SPDX-License-Identifier: Apache-2.0
"""VGG-19's conv1_1 ... relu5_1 forward and back to the picture in plain PyTorch, in several settings.

    plain_engine.py SIZE ROUNDS THREADS     prints one JSON object: seconds by setting

Weights are random: what a convolution takes does not depend on them.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F

BLOCKS = [(64, 2), (128, 2), (256, 4), (512, 4), (512, 1)]
SETTINGS = {"fp32": (torch.float32, torch.contiguous_format),
            "fp32 channels-last": (torch.float32, torch.channels_last),
            "bf16 channels-last": (torch.bfloat16, torch.channels_last)}


def network(dtype, layout):
    """Convolutions by block, as (weight, bias)."""
    generator = torch.Generator().manual_seed(0)
    blocks, channels = [], 3
    for width, count in BLOCKS:
        block = []
        for _ in range(count):
            weight = torch.randn(width, channels, 3, 3, generator=generator) * (2 / (9 * channels)) ** 0.5
            block.append((weight.to(dtype).contiguous(memory_format=layout), torch.zeros(width, dtype=dtype)))
            channels = width
        blocks.append(block)
    return blocks


def forward_and_back(blocks, picture):
    """Seconds of one pass; the gradient enters at relu5_1."""
    picture = picture.detach().requires_grad_()
    start = time.perf_counter()
    h = picture
    for i, block in enumerate(blocks):
        if i > 0:
            h = F.max_pool2d(h, 2)
        for weight, bias in block:
            h = F.relu(F.conv2d(h, weight, bias, padding=1))
    h.backward(torch.ones_like(h))
    return time.perf_counter() - start


def picture_of(size, dtype, layout):
    picture = torch.rand(1, 3, size, size, generator=torch.Generator().manual_seed(1))
    return picture.to(dtype).contiguous(memory_format=layout)


def emulated(blocks, dtype, layout):
    """Whether a type is computed so slowly that the processor has no instructions for it."""
    small = {kind: picture_of(64, kind, layout) for kind in (torch.float32, dtype)}
    plain = network(torch.float32, layout)
    seconds = {kind: min(forward_and_back(blocks if kind == dtype else plain, small[kind]) for _ in range(2))
               for kind in small}
    return seconds[dtype] > 3 * seconds[torch.float32]


def main():
    size, rounds, threads = map(int, sys.argv[1:])
    torch.set_num_threads(threads)
    seconds = {}
    for name, (dtype, layout) in SETTINGS.items():
        blocks = network(dtype, layout)
        if dtype != torch.float32 and emulated(blocks, dtype, layout):
            continue
        picture = picture_of(size, dtype, layout)
        forward_and_back(blocks, picture)
        seconds[name] = statistics.median(forward_and_back(blocks, picture) for _ in range(rounds))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
