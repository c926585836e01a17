"""A running signalbox-server in front of the simulator: made by its own commands and its admin API alone, as an administrator would.

Knows no SDK. What the configurations are is gateway.py's; a key that fails is entered while it is good, because the server shows it to
its vendor first, and fails from then on.
"""

import contextlib
import json
import os
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import admin
import gateway

ADMIN = "/api/v1/super-admin"


def data(answer):
    status, body = answer
    if not 200 <= status < 300:
        raise SystemExit(f"the server refused: {status} {json.dumps(body)}")
    return body["data"]


def fault(base_urls, key, name):
    body = json.dumps({"key": key, "fault": name}).encode()
    request = urllib.request.Request(
        base_urls["control"] + "/faults", data=body, headers={"Content-Type": "application/json"}, method="POST")
    urllib.request.urlopen(request, timeout=60).close()


def configure(client, vendors, base_urls, first):
    """One configuration for each thing that is asked, and the chain of the task. Keys are numbered from `first` on: one that fails at
    another server fails at its vendor, and would not be taken here."""
    wanted = gateway.setup(vendors, base_urls)
    numbers = {}
    for place, one in enumerate(wanted["providers"], first):
        vendor = one["provider_type"]
        key = f"test-{vendor}-key-{place:04}"
        made = data(client.ask("POST", f"{ADMIN}/providers/configs", {
            "provider_type": vendor, "api_key": key, "model_name": one["model"], "display_name": one["name"],
            "base_url": one["base_url"]}))
        data(client.ask("PUT", f"{ADMIN}/providers/configs/{made['id']}/limits", one["calls"]))
        failure = one["key"].removeprefix(f"test-{vendor}-").removesuffix("-0001")
        if failure != "key":
            fault(base_urls, key, failure)
        numbers[one["name"]] = made["id"]
    chain = [{"config_id": numbers[name]} for name in wanted["chain"]]
    data(client.ask("PUT", f"{ADMIN}/tasks/extraction", {"chain": chain}))


@contextlib.contextmanager
def serving(program, vendors, base_urls, database_url=None):
    """Address and application token of a server that runs in the meantime; without a database's address on the embedded one."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    with tempfile.TemporaryDirectory() as folder:
        common = [program, "--data-dir", Path(folder) / "data", "--listen", "127.0.0.1:0"]
        made = subprocess.run([*common, "init"], capture_output=True, text=True, check=True, env=environment).stdout
        token = next(line.split(": ")[1] for line in made.splitlines() if line.startswith("one-time token"))
        with admin.running(*common, "--log", "error", "serve", environment=environment) as line:
            address = line.strip().removeprefix("listening on http://")
            client = admin.Client(f"http://{address}")
            enrolled = data(client.ask("POST", "/api/v1/auth/take-up", {"token": token, "password": admin.PASSWORD}))
            admin.log_in(client, enrolled["totp_secret"])
            configure(client, vendors, base_urls, 102 if database_url else 2)
            made = data(client.ask("POST", f"{ADMIN}/tokens", {"name": "sdk"}))
            yield {"address": address, "token": made["token"]}
