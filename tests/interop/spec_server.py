"""The specification's provider admin API, written from its text alone: no ETags, no revisions, no idempotency keys, nothing exclusive.

    python3 tests/interop/spec_server.py [--lose N]

Prints its address and serves until its standard input ends. The list shows the fields of the specification's example, the details
show the whole schema but the key, answers to a change show what the example of a create shows. With `--lose N`, each Nth change is
made and its answer is lost. Needs Python's standard library alone.
"""

import argparse
import datetime
import http.server
import json
import re
import sys
import threading

CONFIGS = "/api/v1/super-admin/providers/configs"
STATS = "/api/v1/super-admin/providers/usage/stats"
TOKEN = "token-of-the-host-application"
TYPES = ["gemini", "openai", "claude"]
TASKS = ["default_for_extraction", "default_for_cv_draft", "default_for_cover_letter", "default_for_validation"]
LISTED = ["id", "provider_type", "model_name", "display_name", "is_active", "is_default", *TASKS[:3], "last_test_success", "created_at"]
MADE = ["id", "provider_type", "model_name", "is_active", "last_test_success", "created_at"]
# As a framework writes `AIProviderUsageLog` added up: a decimal in quotes, a mean with a fraction.
USED = {"provider_type": "openai", "model_name": "gpt-4o-mini", "total_calls": 4, "total_tokens": 1200, "total_cost_usd": "0.000420",
        "success_rate": 75.0, "avg_latency_ms": 812.5, "last_7_days_calls": 4, "last_30_days_calls": 4}
OPTIONAL = {"display_name": None, "description": None, "daily_token_limit": None, "monthly_token_limit": None}


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Configs:
    """The table `ai_provider_configs`."""

    def __init__(self):
        self.rows, self.keys, self.next, self.lock, self.changes = {}, {}, 1, threading.Lock(), 0

    def create(self, asked):
        if asked.get("provider_type") not in TYPES or not asked.get("model_name") or not asked.get("api_key"):
            return None
        row = {"id": self.next, "provider_type": asked["provider_type"], "model_name": asked["model_name"], **OPTIONAL}
        row |= {"is_active": True, "is_default": False, **{task: False for task in TASKS}}
        row |= {name: asked[name] for name in asked if name in row and name != "id"}
        row |= {"last_tested_at": now(), "last_test_success": True, "created_by_id": 1, "created_at": now(), "updated_at": now()}
        self.rows[self.next], self.keys[self.next] = row, asked["api_key"]
        self.next += 1
        return row

    def update(self, number, asked):
        row = self.rows[number]
        row |= {name: asked[name] for name in asked if name in row and name not in ("id", "provider_type")}
        row["updated_at"] = now()
        if asked.get("api_key"):
            self.keys[number] = asked["api_key"]
        return row


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def fail(self, status, detail):
        self.answer(status, {"detail": detail})

    def data(self, row, shown=None):
        """A change's answer may be lost."""
        configs = self.server.configs
        if self.command != "GET":
            configs.changes += 1
            if self.server.lose and configs.changes % self.server.lose == 0:
                self.close_connection = True
                return
        row = {name: row[name] for name in shown if row.get(name) is not None} if shown else row
        self.answer(200, {"success": True, "data": row})

    def handle_any(self):
        configs = self.server.configs
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.fail(401, "Not authenticated")
        with configs.lock:
            if self.path == CONFIGS and self.command == "GET":
                rows = [{name: row[name] for name in LISTED} for row in configs.rows.values()]
                return self.answer(200, {"success": True, "data": rows})
            if self.path == CONFIGS and self.command == "POST":
                row = configs.create(asked)
                return self.data(row, MADE) if row else self.fail(422, "provider_type, api_key and model_name are required")
            if self.path.split("?")[0] == STATS and self.command == "GET":
                return self.answer(200, {"success": True, "data": [USED]})
            match = re.fullmatch(re.escape(CONFIGS) + r"/(\d+)", self.path)
            number = int(match[1]) if match else None
            if number not in configs.rows:
                return self.fail(404, "Not found")
            if self.command == "GET":
                return self.data(configs.rows[number])
            if self.command == "PUT":
                return self.data(configs.update(number, asked), MADE)
            del configs.rows[number], configs.keys[number]
            return self.data({"deleted_id": number})

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def log_message(self, *_):
        """Quiet."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lose", type=int, default=0, help="lose the answer of each Nth change")
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.configs, server.lose, server.daemon_threads = Configs(), options.lose, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
