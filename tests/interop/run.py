"""Runs the official Python SDKs against the simulator and the gateway, or against anything that serves the vendors' APIs.

    python3 tests/interop/run.py
    python3 tests/interop/run.py --against gateway
    python3 tests/interop/run.py --against server
    python3 tests/interop/run.py --against vault
    python3 tests/interop/run.py --against admin
    python3 tests/interop/run.py --against sync
    python3 tests/interop/run.py --openai-base-url http://127.0.0.1:8790/v1 --openai-key TOKEN ... --without responses

Without base URLs it builds and starts the simulator, and then the gateway and the server, on both of its databases, in front of it; a vault is read by another
implementation, and age's own package opens our files and makes some for us; the server's administration is managed by its texts, and its OpenAPI
description tried by schemathesis, on both of its databases; two desks sync with a server that was written from the specification's text. All of it, in the versions of
requirements.txt, goes into a virtual environment under target/interop. Prints a line per check and a closing count; ends with 1 when a check failed.
This file needs Python's standard library alone; what needs an SDK is in the files beside it.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import gateway
import vault

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ENVIRONMENT = ROOT / "target" / "interop" / "venv"

VENDORS = {
    "openai": {"model": "gpt-4o-mini", "thinking_model": "gpt-6-luna"},
    "anthropic": {"model": "claude-sonnet-4-5", "thinking_model": "claude-sonnet-5-5"},
    "gemini": {"model": "gemini-2.5-flash", "thinking_model": "gemini-3.8-flash"},
}
# The simulator's words for the same vendors.
SIMULATED = {"openai": "openai", "anthropic": "claude", "gemini": "gemini"}
FAILURES = ["bad-key", "no-permission", "rate-limit", "overloaded", "server-error", "stream-error"]
# Of the vendors' ways to count tokens without a call, the gateway has Anthropic's.
NOT_AT_A_GATEWAY = ["count_tokens", "responses_count"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for vendor, defaults in VENDORS.items():
        parser.add_argument(f"--{vendor}-base-url", help="as the SDK wants it; the simulator's when missing")
        parser.add_argument(f"--{vendor}-key", default=f"test-{SIMULATED[vendor]}-key-0001")
        parser.add_argument(f"--{vendor}-model", default=defaults["model"])
        parser.add_argument(f"--{vendor}-thinking-model", default=defaults["thinking_model"])
        parser.add_argument(
            f"--{vendor}-failure",
            action="append",
            default=[],
            metavar="NAME=KEY,MODEL",
            help=f"how a failure is brought about: {', '.join(FAILURES)}; KEY or MODEL may be empty",
        )
    parser.add_argument("--only", choices=list(VENDORS), action="append", help="this vendor's SDK, repeatable")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="leave out a check, repeatable")
    parser.add_argument(
        "--against",
        choices=["simulator", "gateway", "server", "vault", "admin", "sync"],
        help="this alone; all when missing",
    )
    parser.add_argument("--release", action="store_true", help="use release builds")
    return parser.parse_args()


def python():
    """The virtual environment's Python, made anew when the pinned versions have changed."""
    wanted = (HERE / "requirements.txt").read_text()
    stamp = ENVIRONMENT / "requirements.txt"
    program = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        install = [program, "-m", "pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"]
        subprocess.run(install, check=True)
        stamp.write_text(wanted)
    return program


def built(release, package, *program):
    """The path of a program of ours."""
    profile = ["--release"] if release else []
    subprocess.run(["cargo", "build", "--quiet", "--package", package, *program, *profile], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
    return target / ("release" if release else "debug")


@contextlib.contextmanager
def simulator(release):
    """The simulator's base URLs by its own words for the vendors, and the one by which it is told to fail."""
    program = built(release, "simulator") / "signalbox-simulator"
    running = subprocess.Popen(
        [program, "--stop-with-stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        started = json.loads(running.stdout.readline())
        yield {**started["base_urls"], "control": started["control"]}
    finally:
        running.stdin.close()
        running.wait(timeout=10)


def failures(given, vendor, simulated):
    """Key and model for each failure that can be brought about."""
    names = {}
    if simulated:
        names = {name: {"key": f"test-{SIMULATED[vendor]}-{name}-0001", "model": ""} for name in FAILURES}
    for text in given:
        name, _, pair = text.partition("=")
        key, _, model = pair.partition(",")
        if name not in FAILURES:
            sys.exit(f"unknown failure {name}; there are {', '.join(FAILURES)}")
        names[name] = {"key": key, "model": model}
    return names


def settings(options, base_urls):
    targets = {}
    for vendor in options.only or VENDORS:
        given = vars(options)
        base_url = given[f"{vendor}_base_url"]
        simulated = base_url is None
        # The Gemini SDK adds the API's version itself.
        base_url = base_url or base_urls[SIMULATED[vendor]].removesuffix("/v1beta")
        targets[vendor] = {
            "base_url": base_url,
            "key": given[f"{vendor}_key"],
            "model": given[f"{vendor}_model"],
            "thinking_model": given[f"{vendor}_thinking_model"],
            "failures": failures(given[f"{vendor}_failure"], vendor, simulated),
        }
    return {"without": options.without, "targets": targets}


def gateway_settings(options, served):
    """Every SDK at the same gateway, and what only a gateway has."""
    targets = {}
    for vendor in options.only or VENDORS:
        base_url = f"http://{served['address']}" + ("/v1" if vendor == "openai" else "")
        ways = gateway.failures(SIMULATED[vendor])
        targets[vendor] = {"base_url": base_url, "key": served["token"], "failures": ways, **VENDORS[vendor]}
    if not options.only:
        models = {SIMULATED[vendor]: models["model"] for vendor, models in VENDORS.items()}
        targets["gateway"] = {"base_url": f"http://{served['address']}", "key": served["token"], "models": models}
    return {"without": [*options.without, *NOT_AT_A_GATEWAY], "targets": targets}


def check(program, given):
    """The checks' exit code."""
    # The SDKs would send what they find in the environment, a proxy or a real key among it.
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return subprocess.run([program, HERE / "checks.py"], input=json.dumps(given), text=True, env=kept).returncode


def main():
    options = arguments()
    wanted = options.only or VENDORS
    given = [vars(options)[f"{vendor}_base_url"] for vendor in wanted]
    whole = not (options.against or options.only or any(given))
    codes = []
    if options.against == "sync" or whole:
        # It takes the paths of this file.
        import sync

        codes.append(sync.main(options.release))
    if options.against == "sync":
        return max(codes)
    program = python()
    if options.against == "vault" or whole:
        maker = built(options.release, "journeys", "--example", "interop-vault") / "examples" / "interop-vault"
        sealer = built(options.release, "share", "--example", "interop") / "examples" / "interop"
        bundler = built(options.release, "bundle", "--example", "interop_bundle") / "examples" / "interop_bundle"
        codes.append(vault.check(program, maker, sealer, bundler))
    if options.against == "admin" or not (options.against or options.only or any(given)):
        # It takes the paths of this file.
        import admin

        built(options.release, "simulator")
        ours = built(options.release, "server", "--bin", "signalbox-server")
        for where, check_there in (("", admin.check), (", on PostgreSQL", admin.check_on_postgres)):
            print(f"\nThe server's administration, and its description{where}:\n", flush=True)
            codes.append(check_there(ours, program.with_name("schemathesis")))
    if options.against in ("vault", "admin"):
        return max(codes)
    with simulator(options.release) if None in given else contextlib.nullcontext({}) as base_urls:
        if options.against in (None, "simulator"):
            codes.append(check(program, settings(options, base_urls)))
        if options.against in (None, "gateway") and not any(given):
            print("\nThe same at the gateway:\n", flush=True)
            loopback = built(options.release, "gateway", "--example", "loopback") / "examples" / "loopback"
            vendors = {SIMULATED[vendor]: models for vendor, models in VENDORS.items()}
            with gateway.serving(loopback, vendors, base_urls) as served:
                codes.append(check(program, gateway_settings(options, served)))
        if options.against in (None, "server") and not any(given):
            # They take the paths of this file.
            import postgres
            import server

            signalbox = built(options.release, "server", "--bin", "signalbox-server") / "signalbox-server"
            vendors = {SIMULATED[vendor]: models for vendor, models in VENDORS.items()}
            for where, database in (("", contextlib.nullcontext()), (", on PostgreSQL", postgres.running())):
                print(f"\nThe same at the server, with a token of an application{where}:\n", flush=True)
                with database as url, server.serving(signalbox, vendors, base_urls, url) as served:
                    codes.append(check(program, gateway_settings(options, served)))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
