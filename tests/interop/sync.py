"""Two desks meet at a server that was written from the specification's text alone, with and without lost answers.

    python3 tests/interop/run.py --against sync

Builds `crates/sync/examples/meets.rs`, starts spec_server.py and lets both desks create, change, decide and delete. Then the server
is asked what it has. Needs Python's standard library alone. Ends with 1 when a check failed.
"""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from run import built
from spec_server import CONFIGS, TOKEN

HERE = Path(__file__).resolve().parent


def listed(address):
    request = urllib.request.Request(address + CONFIGS, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["data"]


def meet(program, lose):
    command = [sys.executable, HERE / "spec_server.py", "--lose", str(lose)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().strip()
            code = subprocess.run([program, address, TOKEN], timeout=300).returncode
            names = sorted(row["display_name"] for row in listed(address))
            holders = [row["display_name"] for row in listed(address) if row["is_default"]]
        finally:
            server.stdin.close()
    right = names == ["Four", "One, renamed", "Three"] and holders == ["Four"]
    print(f"{'ok    ' if right else 'FAILED'} the server has {names}, default {holders}")
    return code == 0 and right


def main(release=False):
    program = built(release, "sync", "--example", "meets") / "examples" / "meets"
    right = []
    for lose in (0, 2, 3):
        print("\nEach answer arrives:" if lose == 0 else f"\nThe answer of each {lose}. change is lost:", flush=True)
        right.append(meet(program, lose))
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
