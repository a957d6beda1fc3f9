#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A step of `train gan` as a plain PyTorch program: the same networks, losses, changes and averages.

  peer.py EYES CHECKPOINT LOG [--device cpu|cuda] [--threads N] [--steps N]

EYES: efficientnet-lite0.safetensors as `models fetch` keeps it; CHECKPOINT and LOG: checkpoint.safetensors and log.jsonl of
a run of `train gan` without classes, made on the same machine just before, of which the peer takes form, batch and
precision.
Prints thousand pictures an hour of both, and Atelier's by the peer's. The run's pace is that of its second half,
without the measurements between steps; the peer's pictures are chance and lie on the device: it reads none.

It must be the same: both networks must have as many numbers as the checkpoint's.
"""
import argparse
import json
import pathlib
import statistics
import struct
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

RUNS = [(3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3),
        (5, 1, 6, 112, 3), (5, 2, 6, 192, 4), (3, 1, 6, 320, 1)]
VIEWS = [(3, 24, 4), (5, 40, 8), (11, 112, 16), (16, 320, 32)]  # block, channels, stride


def read(path):
    """(metadata, name -> (shape, bytes))"""
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    body = data[8 + length :]
    return metadata, {name: (entry["shape"], body[slice(*entry["data_offsets"])]) for name, entry in header.items()}


class Eyes(nn.Module):
    """EfficientNet-Lite0 with folded norms, frozen."""

    def __init__(self, path):
        super().__init__()
        for name, (shape, content) in read(path)[1].items():
            tensor = torch.frombuffer(bytearray(content), dtype=torch.float32).view(shape)
            self.register_buffer(name.replace(".", "_"), tensor.contiguous(memory_format=torch.channels_last)
                                 if len(shape) == 4 else tensor)

    def convolved(self, name, x, stride=1, active=True):
        weight, bias = getattr(self, name + "_weight"), getattr(self, name + "_bias")
        kernel = weight.shape[2]
        if stride == 2:
            x = F.pad(x, ((kernel - 2) // 2, (kernel - 1) // 2) * 2)
        groups = x.shape[1] // weight.shape[1]  # as many as channels, of depthwise ones
        x = F.conv2d(x, weight, bias, stride, kernel // 2 if stride == 1 else 0, 1, groups)
        return F.relu6(x) if active else x

    def forward(self, rgb):
        x, seen, number = self.convolved("conv1", (rgb * 255 - 127) / 128, 2), {}, 0
        for _, stride, expansion, channels, blocks in RUNS:
            for block in range(blocks):
                number += 1
                before, step = x, stride if block == 0 else 1
                if expansion > 1:
                    x = self.convolved(f"expand{number}", x)
                x = self.convolved(f"depth{number}", x, step)
                x = self.convolved(f"project{number}", x, active=False)
                if step == 1 and before.shape[1] == channels:
                    x = x + before
                seen[number] = x
        return [seen[block] for block, _, _ in VIEWS]


class Grouped(nn.Module):
    """Batch norm of each group of pictures by itself, without memory."""

    def __init__(self, group):
        super().__init__()
        self.group = group

    def forward(self, x):
        return torch.cat([F.batch_norm(part, None, None, training=True, eps=1e-5) for part in x.split(self.group)])


class Styled(nn.Module):
    def __init__(self, below, channels, latent, group, convolves=True):
        super().__init__()
        self.convolution = nn.Conv2d(below, 2 * channels, 3, 1, 1, bias=False) if convolves else nn.Identity()
        self.norm, self.scale, self.shift = Grouped(group), nn.Linear(latent, 2 * channels), nn.Linear(latent, 2 * channels)

    def forward(self, x, style):
        x = self.norm(self.convolution(x).float())
        return F.glu(x * self.scale(style)[:, :, None, None] + self.shift(style)[:, :, None, None], 1)


class Generator(nn.Module):
    def __init__(self, form):
        super().__init__()
        latent, group, self.size = form["latent"], form["group"], form["size"]

        def channels(size):
            if size == self.size and size > 64:
                return form["width"] // 2
            return form["width"] * max(1, 64 // size)

        self.begin = nn.Linear(latent, 2 * channels(4) * 16, bias=False)
        self.start = Styled(0, channels(4), latent, group, convolves=False)
        self.layers, self.gates, size = nn.ModuleDict(), nn.ModuleDict(), 8
        while size <= self.size:
            below = channels(size // 2)
            for i in range(2 if size in (8, 32) else 1):
                self.layers[f"{size}_{i}"] = Styled(below, channels(size), latent, group)
                below = channels(size)
            if 64 <= size <= 256:
                self.gates[str(size)] = nn.Sequential(
                    nn.AdaptiveAvgPool2d(4), nn.Conv2d(channels(size // 16), channels(size), 4, bias=False), nn.SiLU(),
                    nn.Conv2d(channels(size), channels(size), 1, bias=False), nn.Sigmoid())
            size *= 2
        self.leave = nn.Conv2d(channels(self.size), 3, 3, 1, 1)

    def forward(self, chance):
        style = chance * (chance.square().mean(1, keepdim=True) + 1e-8).rsqrt()
        x = self.begin(style).view(len(style), -1, 4, 4).contiguous(memory_format=torch.channels_last)
        maps, size = {4: self.start(x, style)}, 8
        x = maps[4]
        while size <= self.size:
            x = F.interpolate(x, scale_factor=2, mode="nearest")
            for i in range(2 if size in (8, 32) else 1):
                x = self.layers[f"{size}_{i}"](x, style)
            if str(size) in self.gates:
                x = x * self.gates[str(size)](maps[size // 16])
            maps[size] = x
            size *= 2
        return self.leave(x).float().tanh() * 0.5 + 0.5


class Critic(nn.Module):
    def __init__(self, form):
        super().__init__()
        width = form["critic_width"]
        self.across, self.down = nn.ModuleList(), nn.ModuleList()
        for i, (_, channels, _) in enumerate(VIEWS):
            self.across.append(nn.Conv2d(channels, width << i, 1, bias=False))
            if i + 1 < len(VIEWS):
                self.down.append(nn.Conv2d(width << (i + 1), width << i, 1, bias=False))
        for fixed in (self.across, self.down):
            fixed.requires_grad_(False)
        self.judges = nn.ModuleList()
        for i, (_, _, stride) in enumerate(VIEWS):
            before, layers, size, j = width << i, [], form["size"] // stride, 0
            while True:
                here = min((width << i) << j, width * 8)
                layers += [self.spectral(nn.Conv2d(before, here, 3 if j == 0 else 4, 1 if j == 0 else 2, 1, bias=False)),
                           Grouped(form["group"]), Affine(here), nn.LeakyReLU(0.2)]
                before, j = here, j + 1
                if size <= 4:
                    break
                size //= 2
            self.judges.append(nn.Sequential(*layers, self.spectral(nn.Conv2d(before, 1, 3, 1, 1))))

    @staticmethod
    def spectral(layer):
        return nn.utils.parametrizations.spectral_norm(layer)

    def look(self, features):
        all_, below = [None] * len(VIEWS), None
        for i in reversed(range(len(VIEWS))):
            x = self.across[i](features[i])
            if below is not None:
                x = x + F.interpolate(self.down[i](below), x.shape[2:], mode="bilinear", align_corners=False)
            all_[i] = below = x
        return all_

    def judge(self, seen):
        return [judge(x).float().flatten(1) for judge, x in zip(self.judges, seen)]


class Affine(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return x.float() * self.scale[:, None, None] + self.shift[:, None, None]


def changed(x):
    """Colour, shift by an eighth, and a square of half the size cut out (Zhao et al. 2020)."""
    n, _, h, w = x.shape
    chance = torch.rand(5, n, 1, 1, 1, device=x.device)
    x = x + (chance[0] - 0.5) * 0.5
    grey = x.mean(1, keepdim=True)
    x = (x - grey) * 2 * chance[1] + grey
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * (0.5 + chance[2]) + mean
    reach = [round(0.125 * h), round(0.125 * w)]
    wide = F.pad(x, (reach[1], reach[1], reach[0], reach[0]), value=0.5)
    top, left = (torch.randint(0, 2 * r + 1, (n,)).tolist() for r in reach)
    x = torch.cat([wide[i : i + 1, :, top[i] : top[i] + h, left[i] : left[i] + w] for i in range(n)])
    rows, columns = torch.arange(h, device=x.device), torch.arange(w, device=x.device)
    hole = (((rows - chance[3].view(n, 1) * h).abs() < h / 4)[:, None, :, None]
            & ((columns - chance[4].view(n, 1) * w).abs() < w / 4)[:, None, None, :])
    return x.masked_fill(hole, 0.5).contiguous(memory_format=torch.channels_last)


def learnt(network):
    return [p for p in network.parameters() if p.requires_grad]


def numbers(network):
    return sum(p.numel() for p in learnt(network))


def main():
    options = argparse.ArgumentParser()
    for name in ("eyes", "checkpoint", "log"):
        options.add_argument(name)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--steps", type=int, default=20)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    device = torch.device(options.device)

    metadata, tensors = read(options.checkpoint)
    form = json.loads(metadata["recipe"])["options"]
    if form["architecture"] != "skip" or form["optimizer"] != "adamw":
        sys.exit("peer.py: the run must be of --architecture skip --optimizer adamw.")
    eyes = Eyes(options.eyes).to(device)
    painter, critic = (network.to(device, memory_format=torch.channels_last) for network in (Generator(form), Critic(form)))
    for name, network in (("painter", painter), ("critic", critic)):
        theirs = tensors[name + ".parameters"][0][0]
        if numbers(network) != theirs:
            sys.exit(f"peer.py: the {name} has {numbers(network)} numbers here and {theirs} in the run.")
    average = [p.detach().clone() for p in painter.parameters()]
    faster = {"fused": True} if device.type == "cuda" else {}
    adam = [torch.optim.Adam(learnt(network), form["learning_rate"], (0, 0.99), **faster) for network in (painter, critic)]
    batch, size = form["batch"], form["size"]
    pictures = torch.rand(batch, 3, size, size, device=device).contiguous(memory_format=torch.channels_last)
    low = torch.autocast(device.type, torch.bfloat16, enabled=form["precision"] == "bf16")

    def step():
        with low:
            painted = painter(torch.randn(batch, form["latent"], device=device))
            seen_painted = critic.look(eyes(changed(painted)))
            with torch.no_grad():
                seen = critic.look(eyes(changed(pictures)))
            of_critic = sum((1 - a).relu().mean() + (1 + b).relu().mean()
                            for a, b in zip(critic.judge(seen), critic.judge([x.detach() for x in seen_painted])))
        adam[1].zero_grad()
        of_critic.backward()
        adam[1].step()
        with low:
            of_painter = -sum(x.mean() for x in critic.judge(seen_painted))
        adam[0].zero_grad()
        of_painter.backward()
        adam[0].step()
        with torch.no_grad():
            torch._foreach_mul_(average, form["average"])
            torch._foreach_add_(average, list(painter.parameters()), alpha=1 - form["average"])
        return of_critic.item()

    times = []
    for i in range(options.steps + 5):
        begun = time.perf_counter()
        loss = step()
        if i >= 5:
            times.append(time.perf_counter() - begun)
    if not loss == loss:
        sys.exit("peer.py: its loss is no longer a number.")
    lines = [json.loads(line) for line in pathlib.Path(options.log).read_text().splitlines()]
    ours = [line["seconds"] for line in lines if "critic" in line]
    ours = statistics.median(b - a for a, b in zip(ours[len(ours) // 2 :], ours[len(ours) // 2 + 1 :]))
    theirs = statistics.median(times)
    for name, seconds in (("Atelier", ours), (f"PyTorch {torch.__version__}", theirs)):
        print(f"{name:<24} {3.6 * batch / seconds:10.1f} thousand pictures an hour")
    print(f"{'Atelier by PyTorch':<24} {theirs / ours:10.2f}")


if __name__ == "__main__":
    main()
