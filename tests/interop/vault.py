"""Our vault read by another implementation, and age's files by and for us."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def check(python, maker, sealer, bundler):
    """The checks' exit code: the reader's over the committed vaults and a new one, then age's, then those of bundles."""
    codes = [subprocess.run([python, HERE / "read_vault.py", "--fixtures"]).returncode]
    with tempfile.TemporaryDirectory() as folder:
        answers = subprocess.run([maker, folder], check=True, capture_output=True, text=True).stdout
        made = {"folder": folder, **json.loads(answers)}
        read = subprocess.run([python, HERE / "read_vault.py", "--made"], input=json.dumps(made), text=True)
        codes.append(read.returncode)
    codes.append(subprocess.run([python, HERE / "age_checks.py", sealer]).returncode)
    exported = json.dumps(made["bundle"])
    codes.append(subprocess.run([python, HERE / "bundle_checks.py", bundler], input=exported, text=True).returncode)
    sys.stdout.flush()
    return max(codes)
