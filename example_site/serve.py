"""Runs the demo: web server and task worker, begun and ended together (``python -m example_site.serve``)."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import django
from django.conf import settings

HOST = "127.0.0.1"
PATIENCE = 10  # seconds that a process gets to end by itself


def main() -> int:
    port = arguments().port
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings")
    django.setup()
    if listens(port):
        print(f"Port {port} is in use. Say another: make demo PORT={port + 1}", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    # The server doesn't reload and the worker neither: each is one process, and so easy to end.
    # It serves the static files too, as it would with DEBUG ("insecure" to the world, which can't reach it).
    server = ["runserver", "--noreload", "--insecure", f"{HOST}:{port}"]
    with running(server, quiet=True) as web, running(["db_worker", "--no-reload", "--verbosity=0"]) as worker:
        while web.poll() is None and not listens(port):
            time.sleep(0.1)
        if web.poll() is None:
            print(welcome(port), flush=True)
        return watch({"web server": web, "task worker": worker})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m example_site.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the site listens (8000)")
    return parser.parse_args()


def listens(port: int) -> bool:
    """Whether something answers at that port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def running(command: list[str], *, quiet: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """A Django command in a process group of its own, so that Ctrl-C reaches it through us and only once."""
    process = subprocess.Popen(
        [sys.executable, "-m", "django", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end; make it, when it doesn't."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
            return


def watch(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until one of the processes ends: the demo needs them all."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"The {name} ended with status {process.returncode}; the demo ends too.", file=sys.stderr)
                return 1
        time.sleep(0.5)


def welcome(port: int) -> str:
    """The addresses and log-ins, as ``example_site.settings`` lists them."""
    base = f"http://localhost:{port}"
    lines = ["", *(f"  {what:<28}{base}{path}" for what, path in settings.DEMO_ADDRESSES), ""]
    lines += [f"  {what:<28}{name} / {password}" for what, name, password in settings.DEMO_LOGINS]
    return "\n".join([*lines, "", "  Ctrl-C ends it.", ""])


if __name__ == "__main__":
    sys.exit(main())
