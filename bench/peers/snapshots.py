# SPDX-License-Identifier: Apache-2.0
"""Pictures that a program leaves on its way, with the seconds since its process started."""
import dataclasses
import os
import pathlib
import statistics
import threading

PAUSE = 0.02  # seconds between two looks at a file


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """A picture and when it was there, whole."""
    seconds: float
    picture: pathlib.Path


class Watcher:
    """Keeps every version of a file that a program replaces at once, while the `with` block runs.

    The times are the files' own, so it does not matter when a version is found; one that is replaced within PAUSE
    can be missed.
    """

    def __init__(self, path, folder):
        self._path, self._folder = path, folder
        self._versions = []  # (time of last change, copy)
        self._seen = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()

    def _watch(self):
        while not self._done.wait(PAUSE):
            self._look()
        self._look()

    def _look(self):
        try:
            with open(self._path, "rb") as file:
                state = os.fstat(file.fileno())  # of the version that is read, whatever replaces it meanwhile
                if (state.st_ino, state.st_mtime_ns) == self._seen:
                    return
                content = file.read()
        except FileNotFoundError:
            return
        self._seen = (state.st_ino, state.st_mtime_ns)
        copy = self._folder / f"{len(self._versions):04d}{self._path.suffix}"
        copy.write_bytes(content)
        self._versions.append((state.st_mtime, copy))

    def snapshots(self, started):
        """All versions, by seconds after `started`; call it after the block."""
        return [Snapshot(changed - started, copy) for changed, copy in self._versions]


def saving_times(ended, every):
    """What saving pictures took in a program that halts for it at step 0 and each `every`-th step.

    `ended` are the times at which steps 1, 2, ... ended, saving included: a step with a picture is longer than the
    usual one by its saving. Step 0 has no such time; it gets the median of the others.
    """
    durations = {step: after - before for step, (before, after) in enumerate(zip(ended, ended[1:]), start=2)}
    usual = statistics.median(duration for step, duration in durations.items() if step % every)
    saving = [max(0.0, duration - usual) for step, duration in durations.items() if step % every == 0]
    return [statistics.median(saving), *saving]


def without_earlier_savings(snapshots, savings):
    """The times as if each picture had been the first that was saved: its own saving counts, those before do not."""
    kept = []
    for i, snapshot in enumerate(snapshots):
        seconds = snapshot.seconds - sum(savings[:i])
        # Savings are known to a tenth of a second: without a floor, quick steps could change places.
        kept.append(Snapshot(max(seconds, kept[-1].seconds if kept else 0.0), snapshot.picture))
    return kept
