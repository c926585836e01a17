"""Runs all checks with settings from standard input, as run.py writes them, and counts."""

import importlib
import json
import sys

import report


def main():
    settings = json.load(sys.stdin)
    counts = report.Report(settings["without"])
    for vendor, target in settings["vendors"].items():
        module = importlib.import_module(f"{vendor}_checks")
        counts.run(vendor, report.Target(**target), report.checks_of(module))
    print(f"{counts.passed} passed, {counts.failed} failed")
    return 1 if counts.failed else 0


if __name__ == "__main__":
    sys.exit(main())
