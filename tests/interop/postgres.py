"""A PostgreSQL of the checks' own, from the system's package: in a temporary folder, on a free port of 127.0.0.1, as an ordinary user also
when the checks run as root, and gone with them. crates/rig-postgres is the same for the tests in Rust.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

USER, PASSWORD = "signalbox", "of-checks-alone"
PATIENCE_S = 120
# Distributions keep them out of the path, a folder for each version.
PLACES = [("/usr/lib/postgresql", "*/bin"), ("/opt/homebrew/opt", "postgresql*/bin"), ("/usr/local/opt", "postgresql*/bin")]


def programs():
    """The folder of the newest version's."""
    of_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    folders = of_path + sorted(folder for place, bins in PLACES for folder in Path(place).glob(bins))
    whole = [folder for folder in folders if (folder / "initdb").is_file() and (folder / "postgres").is_file()]
    if not whole:
        sys.exit("PostgreSQL is not installed: `cargo xtask test` installs it on Debian and its kin; elsewhere install the server")
    return whole[-1]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def ordinary(is_root, *command):
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", *command] if is_root else list(command)


@contextlib.contextmanager
def running():
    """The address of an empty database of one that runs in the meantime."""
    bins, port, is_root = programs(), str(free_port()), os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="signalbox-postgres-") as folder:
        place = Path(folder)
        password, data = place / "password", place / "data"
        password.write_text(PASSWORD)
        if is_root:
            subprocess.run(["chown", "--recursive", "nobody", folder], check=True)
        made = ordinary(
            is_root, bins / "initdb", "--pgdata", data, "--pwfile", password, "--username", USER, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", "--no-sync")
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories="]
        settings = [word for setting in settings for word in ("-c", setting)]
        command = ordinary(is_root, bins / "postgres", "-D", data, "-p", port, *settings)
        with open(place / "log", "w") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            until = time.monotonic() + PATIENCE_S
            while subprocess.run([bins / "pg_isready", "-h", "127.0.0.1", "-p", port], stdout=subprocess.DEVNULL, check=False).returncode:
                if server.poll() is not None or time.monotonic() > until:
                    sys.exit(f"PostgreSQL does not start: {(place / 'log').read_text()}")
                time.sleep(0.1)
            client = {**os.environ, "PGPASSWORD": PASSWORD}
            subprocess.run(
                [bins / "createdb", "--no-password", "--host=127.0.0.1", f"--port={port}", f"--username={USER}", "checks"], check=True, env=client)
            yield f"postgres://{USER}:{PASSWORD}@127.0.0.1:{port}/checks"
        finally:
            # At once: nobody needs what is in it.
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=60)
