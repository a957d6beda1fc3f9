#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Uses a studio of its own for a long time and looks whether its memory and its handles grow.

    tests/studio/soak.py PROGRAM [MINUTES]

60 minutes when they are not said. Three clients upload, submit, watch, cancel, fetch and delete without a pause, ask what
is wrong, and leave connections open in the middle. Memory (resident), handles and threads of the server are noted every
five seconds; it ends with 1 where the last quarter's median is more than a tenth and 16 MiB, 5 handles or 2 threads above
the second's, where an answer is not one that was to be expected, or where the server has fallen. Standard library alone.
"""
import http.client
import json
import os
import random
import re
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib


def png(chance, edge=48):
    """A picture of a few flat patches, never the same twice."""
    colours = [bytes(chance.randrange(256) for _ in range(3)) for _ in range(9)]
    rows = b"".join(
        b"\0" + b"".join(colours[3 * (3 * y // edge) + 3 * x // edge] for x in range(edge)) for y in range(edge))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Client:
    def __init__(self, port, token, seed):
        self.port, self.token, self.chance = port, token, random.Random(seed)
        self.answers, self.wrong = 0, []

    def ask(self, expected, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, "/api/v1" + path, body, {"Authorization": "Bearer " + self.token, **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self.answers += 1
        if answer.status not in expected:
            self.wrong.append(f"{method} {path}: {answer.status} {content[:200]!r}")
        return json.loads(content) if answer.getheader("Content-Type", "").startswith("application/json") and content else content

    def submit(self, request):
        return self.ask({201}, "POST", "/jobs", json.dumps(request), {"Content-Type": "application/json"})["id"]

    def watch(self, job):
        """Follows a job's events to their end."""
        self.ask({200}, "GET", f"/jobs/{job}/events")
        return self.ask({200}, "GET", f"/jobs/{job}")

    def leave_in_the_middle(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(b"POST /api/v1/files?name=a.png HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nhalf")

    def round(self, number):
        file = self.ask({200, 201}, "POST", "/files?name=patches.png", png(self.chance))["digest"]
        jobs = [self.submit({"command": "palette", "inputs": {"picture": file}})]
        if number % 4 == 1:
            jobs.append(self.submit({"command": "write", "options": {"form": "wujue", "seed": self.chance.randrange(10**6)}}))
        if number % 4 == 3:
            ended = self.submit({"command": "frame", "inputs": {"photo": file}})
            self.ask({200, 202}, "POST", f"/jobs/{ended}/cancel")
            jobs.append(ended)
        for job in jobs:
            state = self.watch(job)["state"]
            if state not in ("done", "cancelled"):
                self.wrong.append(f"{job} is {state}")
        self.ask({200}, "GET", f"/files/{file}/thumbnail?edge=64")
        self.ask({206}, "GET", f"/files/{file}/content", headers={"Range": "bytes=5-20"})
        self.ask({200}, "GET", "/jobs?limit=20")
        self.ask({400}, "POST", "/jobs", '{"command": "palette", "inputs": {"picture": 7}}', {"Content-Type": "application/json"})
        self.ask({404}, "GET", "/jobs/nothing")
        self.leave_in_the_middle()
        for job in jobs:
            self.ask({204}, "DELETE", f"/jobs/{job}")
        self.ask({204}, "DELETE", f"/files/{file}")

    def run(self, until):
        number = 0
        while time.monotonic() < until:
            try:
                self.round(number)
            except (OSError, http.client.HTTPException, KeyError, TypeError) as error:
                self.wrong.append(f"{type(error).__name__}: {error}")
                time.sleep(1)
            number += 1


def measure(process):
    with open(f"/proc/{process}/status") as status:
        text = status.read()
    kib = int(re.search(r"VmRSS:\s*(\d+)", text)[1])
    return {"MiB": kib / 1024, "handles": len(os.listdir(f"/proc/{process}/fd")), "threads": int(re.search(r"Threads:\s*(\d+)", text)[1])}


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, minutes = os.path.abspath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60
    allowed = {"MiB": lambda before: 16 + before / 10, "handles": lambda before: 5, "threads": lambda before: 2}
    with tempfile.TemporaryDirectory() as folder:
        own = {name: os.path.join(folder, name.lower()) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        with open(os.path.join(folder, "log"), "wb") as log:
            server = subprocess.Popen([program, "serve", "--data", os.path.join(folder, "studio"), "--port", "0", "--log", "off"],
                                      stdout=subprocess.PIPE, stderr=log, env={**os.environ, **own}, text=True)
        try:
            said = re.compile(r"http://127\.0\.0\.1:(\d+)")
            port = int(next(found[1] for found in map(said.search, server.stdout) if found))
            with open(os.path.join(folder, "studio", "token")) as file:
                token = file.read().strip()
            clients = [Client(port, token, seed) for seed in range(3)]
            begin = time.monotonic()
            threads = [threading.Thread(target=client.run, args=(begin + 60 * minutes,)) for client in clients]
            for thread in threads:
                thread.start()
            seen = []
            while any(thread.is_alive() for thread in threads):
                time.sleep(5)
                if server.poll() is not None:
                    break
                seen.append(measure(server.pid))
                if len(seen) % 60 == 1:
                    print(f"{(time.monotonic() - begin) / 60:.0f} min: {sum(c.answers for c in clients)} answers, {seen[-1]}", flush=True)
            fallen = server.poll() is not None
            for thread in threads:
                thread.join()
        finally:
            server.terminate()
            server.wait()
    wrong = [line for client in clients for line in client.wrong]
    if fallen:
        wrong.append("the studio has fallen")
    quarter = len(seen) // 4
    for name, most in allowed.items():
        before = statistics.median(each[name] for each in seen[quarter:2 * quarter])
        after = statistics.median(each[name] for each in seen[-quarter:])
        print(f"{name}: {before:.1f} in the second quarter, {after:.1f} in the last, {max(each[name] for each in seen):.1f} at most")
        if after - before > most(before):
            wrong.append(f"{name} grow: {before:.1f}, {after:.1f}")
    for line in wrong[:20]:
        print(line, file=sys.stderr)
    print(f"{sum(client.answers for client in clients)} answers, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
