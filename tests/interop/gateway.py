"""The gateway in front of the simulator: a vault with a configuration for each thing that is asked of it.

Knows no SDK. The program is the example `loopback` of the crate `gateway`: its real engine and HTTP face over a real
vault in a temporary folder.
"""

import contextlib
import json
import subprocess

# The simulator's words for the vendors, which the gateway shares, and a second model of each for what shall fail.
SECOND = {"openai": "gpt-4o", "claude": "claude-haiku-4-5", "gemini": "gemini-2.5-pro"}
# Failures of a vendor that come out as the same failure of the gateway's. A refused key of a provider does not: the
# client's own token is good.
PASSED_ON = ["rate-limit", "overloaded", "server-error", "stream-error"]


def configuration(vendor, base_urls, name, model, key, **calls):
    return {
        "provider_type": vendor,
        "base_url": base_urls[vendor],
        "name": name,
        "model": model,
        "key": f"test-{vendor}-{key}-0001",
        "calls": {"retries": 0, **calls},
    }


def setup(vendors, base_urls):
    """What stands in the vault, for vendors given as their models by the simulator's words."""
    configurations, chain = [], []
    for vendor, models in vendors.items():
        def add(name, key, model=SECOND[vendor], **calls):
            configurations.append(configuration(vendor, base_urls, f"{vendor} {name}", model, key, **calls))

        add("works", "key", models["model"])
        add("thinks", "key", models["thinking_model"])
        add("limited", "key", requests_per_minute=1)
        for failure in [*PASSED_ON, "bad-key", "no-permission"]:
            add(failure, failure)
        chain.append(f"{vendor} works")
    return {"providers": configurations, "chain": chain}


def failures(vendor):
    """Key and model for each failure, as the checks of an SDK want them."""
    ways = {name: {"key": "", "model": f"{vendor} {name}"} for name in PASSED_ON}
    return {"bad-key": {"key": "sbx_wrong", "model": ""}, **ways}


@contextlib.contextmanager
def serving(program, vendors, base_urls):
    """Address and token of a gateway that runs in the meantime."""
    running = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        running.stdin.write(json.dumps(setup(vendors, base_urls)) + "\n")
        running.stdin.flush()
        yield json.loads(running.stdout.readline())
    finally:
        running.stdin.close()
        running.wait(timeout=60)
