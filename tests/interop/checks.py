"""Runs all checks with settings from standard input, as run.py writes them, and counts."""

import importlib
import json
import sys

import report


def main():
    settings = json.load(sys.stdin)
    counts = report.Report(settings["without"])
    for name, target in settings["targets"].items():
        module = importlib.import_module(f"{name}_checks")
        counts.run(name, report.Target(**target), report.checks_of(module))
    print(f"{counts.passed} passed, {counts.failed} failed")
    return 1 if counts.failed else 0


if __name__ == "__main__":
    sys.exit(main())
