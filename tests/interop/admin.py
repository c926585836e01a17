"""Manages a provider from create to delete by the specification's text alone, against a real server; then the rest by the guide.

    python3 tests/interop/admin.py
    python3 tests/interop/admin.py --postgres
    python3 tests/interop/run.py --against admin

Builds and starts the simulator and the server, takes up the one-time token, and does what the specification describes, with its
paths and names. What the specification leaves open, the login, is from docs/guide/server.md, and so is what was added in the same style:
every operation of it that the server describes is asked at least once. All of it is done on the embedded database, or with `--postgres` on a
PostgreSQL of its own; `run.py` does both. With `--schemathesis PROGRAM` that tool then tries the OpenAPI
description; `run.py` brings it in the version of requirements.txt. Needs Python's standard library alone. Ends with 1 when a check failed.
"""

import argparse
import base64
import contextlib
import hashlib
import hmac
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import postgres
from run import HERE, built

PASSWORD = "plover lantern orbit quilt"
PROVIDERS = "/api/v1/super-admin/providers"
# Whatever a fuzzer makes of a vendor's address, nothing leaves this computer: nobody listens there.
NOWHERE = {name: "http://127.0.0.1:1" for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")}


def totp(secret, at=None):
    """RFC 6238, six digits."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Client:
    def __init__(self, address):
        self.address, self.token, self.renewal, self.asked = address, None, None, set()

    def ask(self, method, path, body=None):
        self.asked.add((method.lower(), path.split("?")[0]))
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None
        if body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, holds, shown=""):
        print(f"{'ok    ' if holds else 'FAILED'} {what} {'' if holds else shown}")
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)

    def fields(self, what, answer, expected):
        data = answer[1].get("data", {})
        wrong = {name: data.get(name) for name in expected if data.get(name) != expected[name]}
        self.check(what, answer[1].get("success") is True and not wrong, answer)


@contextlib.contextmanager
def running(*command, environment=None):
    environment = {**(os.environ if environment is None else environment), **NOWHERE}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield child.stdout.readline()
    finally:
        child.terminate()
        child.wait(timeout=60)


def log_in(client, secret, name="admin"):
    answer = client.ask("POST", "/api/v1/auth/login", {"user_name": name, "password": PASSWORD, "code": totp(secret)})
    client.token, client.renewal = (answer[1]["data"][name] for name in ("access_token", "refresh_token"))


def renew(client):
    """An access token is good for five minutes, and schemathesis takes longer."""
    if client.renewal:
        answer = client.ask("POST", "/api/v1/auth/refresh", {"refresh_token": client.renewal})
        client.token, client.renewal = (answer[1]["data"][name] for name in ("access_token", "refresh_token"))


def manage(client, checks, base_url):
    """The specification, section by section."""
    configs = f"{PROVIDERS}/configs"
    create = {
        "provider_type": "openai", "api_key": "test-openai-key-0001", "model_name": "gpt-4o-mini",
        "display_name": "OpenAI GPT-4 Mini", "description": "Cheaper model for CV drafting", "is_active": True,
        "is_default": False, "default_for_cv_draft": True, "default_for_cover_letter": True,
        "daily_token_limit": 1000000, "monthly_token_limit": 30000000,
    }
    # The one thing that is not the specification's: its vendor is on this computer.
    made = client.ask("POST", configs, {**create, "base_url": base_url})
    shown = {name: create[name] for name in ("provider_type", "model_name", "is_active")}
    checks.fields("create", made, {**shown, "last_test_success": True})
    number = made[1]["data"]["id"]
    listed = client.ask("GET", configs)
    checks.check("list", [one["id"] for one in listed[1]["data"]] == [number], listed)
    checks.check("no key in the list", "api_key" not in json.dumps(listed[1]), listed)
    checks.fields("get", client.ask("GET", f"{configs}/{number}"), {"id": number, "display_name": create["display_name"]})
    update = {"api_key": "", "model_name": "gpt-4o", "is_active": False, "default_for_cv_draft": False, "daily_token_limit": 500000}
    changed = {name: update[name] for name in update if name != "api_key"}
    checks.fields("update", client.ask("PUT", f"{configs}/{number}", update), changed)
    tested = client.ask("POST", f"{configs}/{number}/test")
    checks.fields("test", tested, {"is_valid": True, "message": "Provider credentials are valid"})
    stats = client.ask("GET", f"{PROVIDERS}/usage/stats?days=30")
    checks.check("statistics", stats == (200, {"success": True, "data": []}), stats)
    gone = client.ask("DELETE", f"{configs}/{number}")
    checks.check("delete", gone[1] == {"success": True, "data": {"deleted_id": number}}, gone)
    refused = client.ask("GET", f"{configs}/{number}")
    checks.check("what is gone is not found", refused[0] == 404 and refused[1]["success"] is False, refused)


ADDED = {"routing", "limits", "budgets", "health", "usage", "catalog", "audit", "users"}


def administer(client, checks, base_url):
    """What was added in the same style: routes, limits, prices, budgets, health, usage, the catalogue, users, the log of acts."""
    admin, configs = "/api/v1/super-admin", f"{PROVIDERS}/configs"
    made = client.ask("POST", configs, {
        "provider_type": "openai", "api_key": "test-openai-key-0001", "model_name": "gpt-4o-mini", "base_url": base_url, "is_default": True})
    number = made[1]["data"]["id"]
    one = f"{configs}/{number}"
    checks.fields("a task", client.ask("POST", f"{admin}/tasks", {"name": "summary"}), {"name": "summary", "served_by": number})
    route = {"mode": "split", "chain": [{"config_id": number, "weight": 2}]}
    checks.fields("its route", client.ask("PUT", f"{admin}/tasks/summary", route), route)
    checks.fields("read again", client.ask("GET", f"{admin}/tasks/summary"), route)
    names = [task["name"] for task in client.ask("GET", f"{admin}/tasks")[1]["data"]]
    checks.check("all tasks", names == ["extraction", "cv_draft", "cover_letter", "validation", "summary"], names)
    prompt, words = f"{admin}/tasks/extraction/prompt", "Only what is written."
    built_in = client.ask("GET", prompt)
    checks.fields("instructions", built_in, {"task": "extraction", "own": None, "revision": 0})
    checks.fields("own ones", client.ask("PUT", prompt, {"prompt": words}), {"own": words})
    checks.check("the built-in ones again", client.ask("DELETE", prompt) == built_in)
    checks.fields("why", client.ask("GET", f"{admin}/tasks/summary/explanation"), {"rule": "split"})
    effects = client.ask("GET", f"{admin}/routing/simulation?config_id={number}")[1]["data"]
    checks.check("on paper everybody is left alone", [effect["then"] for effect in effects] == [None] * 5, effects)
    checks.check("a built-in task stays", client.ask("DELETE", f"{admin}/tasks/extraction")[0] == 409)
    checks.fields("the own goes", client.ask("DELETE", f"{admin}/tasks/summary"), {"deleted_task": "summary"})
    limits = {"daily_cost_limit_usd": 0.1, "requests_per_minute": 60}
    checks.fields("limits", client.ask("PUT", f"{one}/limits", limits), limits)
    checks.fields("limits read", client.ask("GET", f"{one}/limits"), limits)
    price = {"input_usd_per_mtok": "1", "output_usd_per_mtok": "2.5"}
    checks.fields("an own price", client.ask("PUT", f"{one}/price", price), {**price, "source": "own"})
    checks.fields("the price read", client.ask("GET", f"{one}/price"), price)
    checks.fields("the catalogue's again", client.ask("DELETE", f"{one}/price"), {"source": "catalog"})
    quota = {"daily_tokens": 1000}
    checks.fields("a quota", client.ask("PUT", f"{admin}/quotas/*", quota), {"user_id": "*", **quota})
    checks.fields("the quota read", client.ask("GET", f"{admin}/quotas/*"), quota)
    checks.check("quotas", len(client.ask("GET", f"{admin}/quotas")[1]["data"]) == 1)
    checks.fields("the quota gone", client.ask("DELETE", f"{admin}/quotas/*"), {"deleted_user_id": "*"})
    budget = {"scope": "config", "config_id": number, "period": "month", "amount_usd": 5}
    made = client.ask("POST", f"{admin}/budgets", budget)
    checks.fields("a budget", made, {**budget, "spent_usd": 0, "level": None, "forecast": {"state": "too_early", "days": 0, "needed": 14}})
    of_config = f"{admin}/budgets/{made[1]['data']['id']}"
    checks.fields("less of it", client.ask("PUT", of_config, {"amount_usd": 4.5}), {"amount_usd": 4.5, "revision": 2})
    checks.fields("the budget read", client.ask("GET", of_config), {"amount_usd": 4.5, "time_zone": "UTC"})
    checks.check("budgets", len(client.ask("GET", f"{admin}/budgets")[1]["data"]) == 1)
    checks.fields("the budget gone", client.ask("DELETE", of_config), {"deleted_id": made[1]["data"]["id"]})
    checked = client.ask("POST", f"{PROVIDERS}/health/check")
    checks.check("up", checked[1]["data"]["configs"][0]["state"] == "up", checked)
    checks.check("the same read", client.ask("GET", f"{PROVIDERS}/health")[1]["data"]["configs"][0]["state"] == "up")
    for empty in (f"{PROVIDERS}/incidents", f"{PROVIDERS}/usage/logs"):
        checks.check(empty, client.ask("GET", empty) == (200, {"success": True, "data": []}))
    repriced = client.ask("POST", f"{PROVIDERS}/usage/repricing", {"dry_run": False})
    checks.fields("re-pricing", repriced, {"dry_run": False, "entries": 0})
    models = client.ask("GET", f"{admin}/catalog/models?limit=1000")[1]["data"]
    bundled = client.ask("GET", f"{admin}/catalog")[1]["data"]
    checks.check("models", len(models) == bundled["models"], bundled)
    catalog = {"as_of": "2026-01-02", "models": models[:5]}
    checks.fields("a catalogue on paper", client.ask("POST", f"{admin}/catalog/preview", catalog), {"models": 5, "added": []})
    checks.fields("in force", client.ask("PUT", f"{admin}/catalog", catalog), {"models": 5, "as_of": "2026-01-02"})
    checks.fields("taken back", client.ask("DELETE", f"{admin}/catalog"), bundled)
    invited = client.ask("POST", f"{admin}/users", {"user_name": "ann", "role": "super_admin"})[1]["data"]
    ann = f"{admin}/users/{invited['user']['id']}"
    taken = client.ask("POST", "/api/v1/auth/take-up", {"token": invited["one_time_token"], "password": PASSWORD})
    checks.fields("an invitation", taken, {"user_name": "ann"})
    checks.fields("a lower role", client.ask("PUT", ann, {"role": "user"}), {"role": "user", "has_enrolled": True})
    checks.fields("a user", client.ask("GET", ann), {"user_name": "ann", "is_active": True, "sessions": 0})
    checks.check("a new token", len(client.ask("POST", f"{ann}/invitation")[1]["data"]["one_time_token"]) == 43)
    checks.check("no sessions", client.ask("GET", f"{ann}/sessions")[1]["data"] == [])
    checks.fields("an end to all", client.ask("DELETE", f"{ann}/sessions"), {"ended": 0})
    checks.check("users", [user["user_name"] for user in client.ask("GET", f"{admin}/users")[1]["data"]] == ["admin", "ann"])
    checks.fields("a user gone", client.ask("DELETE", ann), {"deleted_id": invited["user"]["id"]})
    checks.check("the last stays", client.ask("DELETE", f"{admin}/users/1")[0] == 409)
    log = client.ask("GET", f"{admin}/audit-log?action=user.remove")[1]["data"]
    checks.check("in the log of acts", [(entry["actor"], entry["target_name"]) for entry in log] == [("admin", "ann")], log)
    checks.fields("the log is whole", client.ask("POST", f"{admin}/audit-log/verify"), {"is_whole": True})
    document = client.ask("GET", "/api/v1/openapi.json")[1]
    described = [(method, path) for path, item in document["paths"].items() for method, operation in item.items() if ADDED & set(operation["tags"])]
    shape = {path: re.compile(re.sub(r"{[^}]*}", "[^/]+", path)) for _, path in described}
    missed = [(method, path) for method, path in described if not any(how == method and shape[path].fullmatch(asked) for how, asked in client.asked)]
    checks.check(f"all {len(described)} added operations were asked", not missed and len(described) > 30, missed)
    used(client, checks)
    # The default is not deleted while it is the default.
    client.ask("PUT", one, {"is_default": False})
    checks.fields("delete", client.ask("DELETE", one), {"deleted_id": number})


def used(client, checks):
    """A call of an application, and what the specification's statistics say of it: its nine fields by name."""
    application = Client(client.address)
    application.token = client.ask("POST", "/api/v1/super-admin/tokens", {"name": "used"})[1]["data"]["token"]
    call = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello."}]}
    status, answer = application.ask("POST", "/v1/chat/completions", call)
    checks.check("a call", status == 200, answer)
    # It is in the log a moment after its answer.
    until = time.monotonic() + 30
    while not (lines := client.ask("GET", f"{PROVIDERS}/usage/stats?days=30")[1]["data"]) and time.monotonic() < until:
        time.sleep(0.05)
    line = lines[0] if len(lines) == 1 else {}
    wanted = {
        "provider_type": "openai", "model_name": "gpt-4o-mini", "total_calls": 1, "total_tokens": answer["usage"]["total_tokens"],
        "success_rate": 100.0, "last_7_days_calls": 1, "last_30_days_calls": 1}
    wrong = {name: line.get(name) for name in wanted if line.get(name) != wanted[name]}
    checks.check("its statistics", not wrong, lines)
    cost, latency = line.get("total_cost_usd"), line.get("avg_latency_ms")
    checks.check("its cost and its time", isinstance(cost, float) and 0 < cost < 0.01 and isinstance(latency, int) and latency >= 0, lines)


# Where applications make calls, by tokens of their own.
GATEWAY = "^/(v1|v1beta)/|^/api/v1/tasks/"
# What anyone may ask for, what is of one's own session, and what ends sessions.
ACCESS = "^/api/v1/auth/(login|logout|password|refresh|step-up|take-up)"
ENDINGS = "/users/[^/]+/sessions"
ANSWERS = "status_code_conformance,content_type_conformance,response_schema_conformance"


def schemathesis(program, client, checks, vendors):
    """Every operation of the description, by whoever may ask for it: no 5xx of the server's own, and no answer that is not described."""
    # It takes the log-in of this file.
    import server

    admin, base_url = "/api/v1/super-admin", vendors["base_urls"]["openai"]
    # Somebody to serve what the gateway is asked for, and somebody whose vendor fails from now on.
    for number, model in enumerate(("gpt-4o-mini", "gpt-4o"), 1):
        client.ask("POST", f"{PROVIDERS}/configs", {
            "provider_type": "openai", "api_key": f"test-openai-key-000{number}", "model_name": model, "base_url": base_url, "is_default": number == 1})
    server.fault({"control": vendors["control"]}, "test-openai-key-0002", "server-error")
    application, tried = Client(client.address), Client(client.address)
    application.token = client.ask("POST", f"{admin}/tokens", {"name": "schemathesis"})[1]["data"]["token"]
    invited = client.ask("POST", f"{admin}/users", {"user_name": "tried", "role": "user"})[1]["data"]
    enrolled = tried.ask("POST", "/api/v1/auth/take-up", {"token": invited["one_time_token"], "password": PASSWORD})
    log_in(tried, enrolled[1]["data"]["totp_secret"], "tried")
    call = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello."}]}
    statuses = [application.ask("POST", "/v1/chat/completions", {**call, "model": model})[0] for model in ("gpt-4o-mini", "gpt-4o")]
    checks.check("one call is answered, and one vendor fails", statuses == [200, 502], statuses)
    document = client.ask("GET", "/api/v1/openapi.json")[1]
    # A vendor that fails is no fault of the server's, and is told by these alone. What is not described is a fault below.
    failures = {
        status for path, item in document["paths"].items() if re.search(GATEWAY, path)
        for operation in item.values() for status in operation["responses"] if status >= "500"}
    checks.check("the gateway has no failure of its own", failures == {"502", "503", "504", "529"}, failures)
    own = f"not_a_server_error,{ANSWERS}"
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "tried.py"), "TRIED_BASE_URL": base_url}
    # The administration deletes what the others need, and the last ends the session that asks.
    for what, caller, which, wanted in (
        ("the gateway", application, ["--include-path-regex", GATEWAY], ANSWERS),
        ("access without a session", Client(client.address), ["--include-path-regex", ACCESS], own),
        ("access with a session", tried, ["--include-path-regex", ACCESS], own),
        ("the administration", client, ["--exclude-path-regex", f"{ACCESS}|{ENDINGS}|{GATEWAY}|^/metrics"], own),
        ("ends of sessions", client, ["--include-path-regex", ENDINGS], own),
    ):
        renew(caller)
        header = ["--header", f"Authorization: Bearer {caller.token}"] if caller.token else []
        command = [
            program, "run", f"{client.address}/api/v1/openapi.json", *header, "--checks", wanted, *which, "--max-examples", "40"]
        # What it keeps for a next time goes with the folder.
        with tempfile.TemporaryDirectory() as folder:
            tried_by = subprocess.run(command, check=False, cwd=folder, env=environment)
        checks.check(f"schemathesis: {what}", tried_by.returncode == 0)


def check(programs, tried_by=None, database_url=None):
    """The exit code of all checks; `programs` is the folder of ours, `tried_by` the path of schemathesis. Without a database's address the
    server's is the embedded one.
    """
    simulator, server = programs / "signalbox-simulator", programs / "signalbox-server"
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder, running(simulator) as line:
        vendors = json.loads(line)
        base_url = vendors["base_urls"]["openai"]
        program = [server, "--data-dir", os.path.join(folder, "data"), "--listen", "127.0.0.1:0"]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if database_url:
            environment["DATABASE_URL"] = database_url
        printed = subprocess.run([*program, "init"], check=True, capture_output=True, text=True, env=environment).stdout
        token = next(line.split(": ")[1] for line in printed.splitlines() if line.startswith("one-time token"))
        with running(*program, "--log", "error", "serve", environment=environment) as line:
            client = Client(line.split()[-1])
            enrolled = client.ask("POST", "/api/v1/auth/take-up", {"token": token, "password": PASSWORD})
            log_in(client, enrolled[1]["data"]["totp_secret"])
            manage(client, checks, base_url)
            administer(client, checks, base_url)
            if tried_by:
                schemathesis(tried_by, client, checks, vendors)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return int(checks.failed > 0)


def check_on_postgres(programs, tried_by=None):
    """The same on a PostgreSQL of its own."""
    with postgres.running() as database_url:
        return check(programs, tried_by, database_url)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemathesis", metavar="PROGRAM", help="try the OpenAPI description by it as well")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--as-built", metavar="FOLDER", type=Path, help="take our programs as they are there")
    options = parser.parse_args()
    if not options.as_built:
        built(False, "simulator")
    ours = options.as_built or built(False, "server", "--bin", "signalbox-server")
    sys.exit((check_on_postgres if options.postgres else check)(ours, options.schemathesis))


if __name__ == "__main__":
    main()
