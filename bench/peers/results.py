# SPDX-License-Identifier: Apache-2.0
"""Finished measurements on disk: one JSON file each, found again by what went into it."""
import hashlib
import json
import os
import pathlib


class Results:
    """`folder` holds NAME-KEY.json and what the run wrote; KEY is the digest of all inputs and options."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def stem(self, name, inputs):
        """Path without suffix for what a measurement with these inputs writes."""
        key = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]
        return self.folder / f"{name}-{key}"

    def get_or_make(self, name, inputs, make):
        """The finished result of these inputs, or make(stem)'s, which is then kept."""
        stem = self.stem(name, inputs)
        path = stem.with_name(stem.name + ".json")
        if path.exists():
            return json.loads(path.read_text())["result"]
        result = make(stem)
        partial = path.with_name(path.name + ".part")
        partial.write_text(json.dumps({"inputs": inputs, "result": result}, indent=1))
        os.replace(partial, path)
        return result
