# SPDX-License-Identifier: Apache-2.0
"""A Transformer of `train text` as a plain PyTorch program: the same weights, fp32, keys and values kept.

  peer.py MODEL BENCH [TOKENS]

MODEL: a safetensors file of a Transformer whose tokens are tied; BENCH: atelier_sequence_bench. In one run, on one
thread, the peer writes TOKENS tokens (as many as the model looks back on) as the bench's own writer chooses them
(temperature 0.8, the likeliest of 0.95), and then BENCH writes with the same file, five times by turns. Prints the
medians of tokens a second, and their ratios to the peer's.

It must compute the same: BENCH's `likeliest` writes what is likeliest, token by token, and so does the peer; where they
differ, nothing is timed.
"""
import json
import pathlib
import re
import statistics
import struct
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

END = 1
TYPES = {"F16": np.float16, "F32": np.float32}


def load(path):
    """(what the file says of its form, its tensors in fp32)"""
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] in TYPES:
            first, last = (8 + length + offset for offset in entry["data_offsets"])
            array = np.frombuffer(data[first:last], TYPES[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(array.astype(np.float32))
    return json.loads(header["__metadata__"]["form"]), tensors


def rms_norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


class Writer:
    """One token at a time, up to as many as the model looks back on."""

    def __init__(self, form, tensors):
        self.layers, self.heads, self.context = form["layers"], form["heads"], form["context"]
        self.tensors, self.width = tensors, form["width"]
        head = self.width // self.heads
        speeds = 10000.0 ** (-torch.arange(0, head, 2, dtype=torch.float64) / head)
        angles = torch.outer(torch.arange(self.context, dtype=torch.float64), speeds)
        self.turns = torch.polar(torch.ones_like(angles), angles).to(torch.complex64)
        self.cache = torch.zeros(self.layers, 2, self.heads, self.context, head)
        self.length = 0

    def turned(self, x):
        pairs = torch.view_as_complex(x.view(self.heads, -1, 2))
        return torch.view_as_real(pairs * self.turns[self.length]).flatten(1)

    def attended(self, layer, x):
        query, key, value = F.linear(x, self.tensors[f"layer.{layer}.attend"].view(-1, self.width)).view(3, self.heads, -1)
        keys, values = self.cache[layer]
        keys[:, self.length] = self.turned(key)
        values[:, self.length] = value
        past = slice(0, self.length + 1)
        scores = torch.einsum("hd,htd->ht", self.turned(query), keys[:, past]) * query.shape[1] ** -0.5
        seen = torch.einsum("ht,htd->hd", scores.softmax(-1), values[:, past])
        return F.linear(seen.reshape(-1), self.tensors[f"layer.{layer}.attended"])

    def gated(self, layer, x):
        gate, up = F.linear(x, self.tensors[f"layer.{layer}.gate"].view(-1, self.width)).chunk(2)
        return F.linear(F.silu(gate) * up, self.tensors[f"layer.{layer}.gated"])

    def logits(self, token):
        """Of what follows `token`; room for it must be there."""
        x = self.tensors["tokens"][token] * self.width**0.5
        for layer in range(self.layers):
            x = x + self.attended(layer, rms_norm(x))
            x = x + self.gated(layer, rms_norm(x))
        self.length += 1
        return F.linear(rms_norm(x), self.tensors["tokens"])


def drawn(logits, temperature=0.8, top_p=0.95):
    shares, order = (logits / temperature).softmax(-1).sort(descending=True)
    kept = shares.cumsum(-1) - shares < top_p
    return int(order[torch.multinomial(shares * kept, 1)])


def write(form, tensors, count, choose):
    writer, tokens = Writer(form, tensors), [END]
    for _ in range(count):
        tokens.append(choose(writer.logits(tokens[-1])))
    return tokens[1:]


def bench(program, command, model, count):
    return subprocess.run([program, command, model, str(count)], check=True, capture_output=True, text=True).stdout


def main():
    model, program = sys.argv[1:3]
    torch.set_num_threads(1)
    form, tensors = load(model)
    if form["architecture"] != "transformer" or not form["tied"]:
        sys.exit(f"peer.py: {model} is no Transformer whose tokens are tied.")
    count = min(int(sys.argv[3]), form["context"]) if len(sys.argv) > 3 else form["context"]
    name = f"PyTorch {torch.__version__}, fp32"
    rates = {name: []}
    with torch.inference_mode():
        likeliest = write(form, tensors, count, lambda logits: int(logits.argmax()))
        if likeliest != [int(word) for word in bench(program, "likeliest", model, count).split()]:
            sys.exit("peer.py: the two do not compute the same.")
        for _ in range(5):
            began = time.perf_counter()
            write(form, tensors, count, drawn)
            rates[name].append(count / (time.perf_counter() - began))
            for way, rate in re.findall(r"(.+): (\d+) tokens", bench(program, "speed", model, count)):
                rates.setdefault(way, []).append(int(rate))
    peer = statistics.median(rates[name])
    for way, all_rates in rates.items():
        rate = statistics.median(all_rates)
        print(f"{way}: {rate:.0f} tokens a second, {rate / peer:.1f}")


main()
