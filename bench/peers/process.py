# SPDX-License-Identifier: Apache-2.0
"""Runs one program and measures it from outside, the same way for every program."""
import dataclasses
import os
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Finished:
    """What a program printed and what it took."""
    stdout: str
    started: float  # seconds since 1970, as files' times are counted
    seconds: float
    peak_rss_bytes: int


class ProgramFailed(Exception):
    """A program that should have worked ended with another exit code than 0."""


def environment(threads):
    """Ours, with the thread count that every numeric library reads."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return os.environ | {name: str(threads) for name in names}


def run(command, threads):
    """Waits for `command`; its peak memory is the kernel's count of its largest resident set."""
    command = [str(part) for part in command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started, start = time.time(), time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                   env=environment(threads))
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        if process.returncode != 0:
            last = "\n".join(err.read().strip().splitlines()[-5:])
            raise ProgramFailed(f"{' '.join(command)}\nended with {process.returncode}:\n{last}")
        return Finished(out.read(), started, seconds, usage.ru_maxrss * 1024)
