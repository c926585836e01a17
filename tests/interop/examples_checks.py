"""The guide's example programs, as a reader starts them: their own process, a token in the environment, what they print."""

import json
import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "examples"
# What each program is given, and what it prints when all is well.
PROGRAMS = {
    "anthropic_user.py": ["ada", "What is a signal box?"],
    "gemini_json.py": ["Signal engineer, Leeds, 40,000 a year"],
    "openai_stream.py": ["What is a signal box?"],
}


def ran(target, name, **otherwise):
    given = {"SIGNALBOX_TOKEN": target.key, "SIGNALBOX_URL": target.base_url, **otherwise}
    command = [sys.executable, EXAMPLES / name, *PROGRAMS[name]]
    return subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, timeout=60)


def printed(target, name):
    done = ran(target, name)
    assert done.returncode == 0 and not done.stderr, (done.returncode, done.stderr)
    return done.stdout


def check_every_example_is_tried(_target):
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(PROGRAMS)


def check_openai_streams_and_counts(target):
    answer, counted = printed(target, "openai_stream.py").strip().rsplit("\n", 1)
    tokens = counted.split()
    assert answer.strip() and counted.endswith("out") and int(tokens[0]) > 0 and int(tokens[3]) > 0, counted


def check_anthropic_says_who_answered_at_what_cost(target):
    answer, told = printed(target, "anthropic_user.py").strip().rsplit("\n", 1)
    who, cost = told.removeprefix("answered by ").split(", cost in USD: ")
    assert answer.strip() and who and float(cost) > 0, told


def check_gemini_holds_to_the_schema(target):
    job = json.loads(printed(target, "gemini_json.py"))
    assert set(job) == {"title", "place"} and all(isinstance(value, str) for value in job.values()), job


def check_a_refusal_is_told_in_one_line(target):
    for name in PROGRAMS:
        done = ran(target, name, SIGNALBOX_TOKEN="sbx_wrong")
        assert done.returncode == 1 and not done.stdout, (name, done.returncode, done.stdout)
        assert done.stderr.startswith("401: ") and len(done.stderr.splitlines()) == 1, (name, done.stderr)
