"""A real service, a real Chromium, and what the tests of the dashboard share."""

import json
import shutil
import subprocess
import urllib.request

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Service:
    """The command under test, on a free port and a new database."""

    def __init__(self, labplan, folder):
        self.labplan = labplan
        self.database = f"{folder}/labs.sqlite"
        self.process = None
        self.url = None

    def token(self, name, role):
        """Makes a token; returns its secret."""
        made = subprocess.run([self.labplan, "token", "create", name, "--role", role, "--database",
                               self.database], capture_output=True, text=True, check=True)
        return next(word for word in made.stdout.split() if word.startswith("labplan_"))

    def start(self):
        self.process = subprocess.Popen(
            [self.labplan, "serve", "--port", "0", "--database", self.database],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        return self

    def stop(self):
        self.process.terminate()
        self.process.wait(15)

    def send(self, method, path, body=None, kind="application/json", token=None):
        data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        headers = {"Content-Type": kind} if data else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read().decode()
            return json.loads(text) if text and "json" in answer.headers["Content-Type"] else text


def lab(machines, networks):
    """A lab of many VMs on networks of every mode."""
    modes = ["nat-network", "internal", "host-only", "nat", "bridged"]
    vms = []
    for index in range(machines):
        names = {index % networks, (index // 7) % networks if index % 7 == 0 else index % networks}
        vms.append({"name": f"vm-{index}", "tags": ["odd" if index % 2 else "even"],
                    "adapters": [{"network": f"net-{name}"} for name in sorted(names)]})
    return {"networks": [{"name": f"net-{index}", "mode": modes[index % 5]} for index in range(networks)],
            "vms": vms, "requirements": [{"from": "tag:odd", "to": "internet"}]}
