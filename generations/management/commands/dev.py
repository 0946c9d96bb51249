"""Starts the whole site on this machine: database, static files, web server and worker. Ctrl-C stops both."""

import argparse
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from accounts.local import LOOPBACK
from config.errors import AppError
from config.processes import Child, adopt_orphans, end_orphans, stop
from config.static_files import collect_when_changed
from generations.management.stand_ins import stand_ins

DEFAULT_PORT = 8000
PORTS_TRIED = 20
LONGEST_START = 60.0  # seconds until the first answer
GRACE = 35.0  # seconds; the worker gives the drawings it has begun 30 of them
STARTS_BEFORE_GIVING_UP = 3

GUNICORN = ("gunicorn", "config.wsgi", "--config", str(settings.BASE_DIR / "gunicorn.conf.py"), "--preload")


def port_number(text: str) -> int:
    """A TCP port; 0 takes any free one. Raises ArgumentTypeError on anything else."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use a number from 0 to 65535.")
    return int(text)


def listen(host: str, port: int) -> socket.socket | None:
    """A listening socket, or None when somebody else has that port. Restarts of the web server keep it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        return None
    return listener


def listen_somewhere(host: str, port: int | None) -> socket.socket:
    """Listens on the port asked for, else on the first free one from 8000. Raises CommandError when there is none."""
    wanted = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for number in wanted:
        if listener := listen(host, number):
            return listener
    raise CommandError(f"Port {wanted[0]} cannot be used: something else has it. Choose another with --port.")


def own_address() -> str:
    """This machine's address in the local network, as others there reach it; no packet is sent to find it."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address reserved for documentation (RFC 5737)
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def answer(port: int) -> int:
    """The status with which the web server on this port says that it is alive; 0 when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def child_environment(address: str, port: int) -> dict[str, str]:
    """What web and worker must know of where they are reached. What the operator has set stands."""
    hosts = ",".join(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", address, socket.gethostname()]))
    chosen = {"PUBLIC_URL": f"http://{address}:{port}", "ALLOWED_HOSTS": hosts, "WEB_CONCURRENCY": "2"}
    return {name: os.environ.get(name) or value for name, value in chosen.items()}


def children_for(listener: socket.socket, environment: dict[str, str]) -> tuple[Child, Child]:
    web = (sys.executable, "-m", *GUNICORN, "--bind", f"fd://{listener.fileno()}")
    worker = (sys.executable, "manage.py", "worker")
    return Child("web", web, environment, (listener.fileno(),)), Child("worker", worker, environment)


def stop_event() -> threading.Event:
    """Set when this process is asked to end, by Ctrl-C, SIGTERM or a closed terminal."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def is_demo_allowed(public_url: str) -> bool:
    """Whether mails stay on this machine and the site is reached from this machine only."""
    return settings.MAIL_GOES_TO_FILES and urlsplit(public_url).hostname in LOOPBACK


class Command(BaseCommand):
    help = "Starts the web server and the worker, and stops both on Ctrl-C."
    requires_system_checks = ()  # the worker makes them, beside the site already served

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, help=f"default: {DEFAULT_PORT}, or the next free one")
        parser.add_argument("--no-demo", action="store_true", help="no demo account with pages")
        parser.add_argument(
            "--stand-ins", action="store_true", help="try what companies draw, without them and without a key"
        )
        parser.add_argument("--lan", action="store_true", help="let other devices of this network in")

    def handle(self, *args: Any, port: int | None, lan: bool, no_demo: bool, **options: Any) -> None:
        stopping = stop_event()
        services, leads_there = stand_ins() if options["stand_ins"] else (None, {})
        listener = listen_somewhere("0.0.0.0" if lan else "127.0.0.1", port)  # noqa: S104 (what --lan asks for)
        self.prepare()
        environment = child_environment(own_address() if lan else "127.0.0.1", listener.getsockname()[1])
        web, worker = children_for(listener, environment | leads_there)
        children = (web, worker, services) if services else (web, worker)
        if services:
            services.start()
        try:
            self.serve(web, listener.getsockname()[1], stopping)
            if not stopping.is_set():
                worker.start()
                self.welcome(environment["PUBLIC_URL"])
                self.add_demo(wanted=not no_demo and is_demo_allowed(environment["PUBLIC_URL"]))
                self.keep_running(children, stopping)
        finally:
            self.say("Stopping ...")
            stop(children, grace=GRACE)
            end_orphans(())
            listener.close()
            self.say("Stopped.")

    def prepare(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        collect_when_changed()
        connections.close_all()

    def serve(self, web: Child, port: int, stopping: threading.Event) -> None:
        """Returns once the site answers or `stopping` is set. Raises CommandError when it does neither in time."""
        adopt_orphans()
        web.start()
        deadline = time.monotonic() + LONGEST_START
        while not (status := answer(port)) and not stopping.wait(0.1):
            web.keep_running()
            if web.failures >= STARTS_BEFORE_GIVING_UP or time.monotonic() > deadline:
                raise CommandError("The web server does not start; what it wrote above says why.")
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise CommandError("The site answers with an error; what it wrote above says why.")

    def keep_running(self, children: Sequence[Child], stopping: threading.Event) -> None:
        """Returns once `stopping` is set; until then starts again what dies."""
        while not stopping.wait(0.2):
            if not all(child.is_running() for child in children):
                end_orphans(children)
            for child in children:
                child.keep_running()

    def welcome(self, url: str) -> None:
        self.say(f"\n  Scribblemachine is at {url}")
        if settings.MAIL_GOES_TO_FILES:
            self.say("  Sign in there with any e-mail address. The mail with link and code appears here")
            self.say(f"  and in {settings.EMAIL_FILE_PATH}")
        self.say("  Ctrl-C stops it.\n")

    def add_demo(self, *, wanted: bool) -> None:
        """Asks for the demo pages, now that the site is served. Without them it is as useful: a refusal only shows."""
        # Here and not above: it brings the drawing engine, a second that the first page need not wait for.
        from generations.demo import DEMO_EMAIL, create_demo_pages

        try:
            if wanted and create_demo_pages():
                self.say(f"  Sign in as {DEMO_EMAIL} to see pages that are drawn just now.\n")
        except AppError as error:
            self.say(f"  No demo pages: {error}\n")
        finally:
            connections.close_all()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
