# SPDX-License-Identifier: Apache-2.0
"""A studio's API, for the scripts of the cases."""
import json
import re
import time
import urllib.error
import urllib.request
from pathlib import Path


class Studio:
    """The studio that printed `said` when it opened, with the access token in the file `token`."""

    def __init__(self, said, token):
        self.base = re.search(r"http://\S+:\d+", Path(said).read_text()).group(0) + "/api/v1"
        self.secret = Path(token).read_text().strip()

    def ask(self, path, body=None, kind="application/octet-stream"):
        headers = {"Authorization": f"Bearer {self.secret}"}
        if body is not None:
            headers["Content-Type"] = kind
        request = urllib.request.Request(self.base + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def upload(self, content, name="file"):
        return json.loads(self.ask(f"/files?name={name}", content)[2])

    def run(self, command, inputs=None, options=None, outputs=None, **more):
        """The job, once it has ended."""
        request = {"command": command, "inputs": inputs or {}, "options": options or {}, "outputs": outputs or {}, **more}
        status, _, answer = self.ask("/jobs", json.dumps(request).encode(), "application/json")
        job = json.loads(answer)
        if status >= 300:
            return {"state": f"refused {status}", "error": job}
        deadline = time.monotonic() + 240
        while job["state"] in ("queued", "running") and time.monotonic() < deadline:
            time.sleep(0.1)
            job = json.loads(self.ask(f"/jobs/{job['id']}")[2])
        return job
