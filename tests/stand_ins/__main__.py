"""Runs the stand-ins until they are stopped: `python -m tests.stand_ins GEMINI_PORT OPENAI_PORT REPLICATE_PORT`."""

import signal
import sys
from contextlib import ExitStack

from tests.stand_ins.gemini import Gemini
from tests.stand_ins.openai import OpenAI
from tests.stand_ins.replicate import Replicate

SERVICES = (Gemini, OpenAI, Replicate)


def main(ports: list[str]) -> None:
    with ExitStack() as running:
        for service, port in zip(SERVICES, ports, strict=True):
            running.enter_context(service().running(int(port)))
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main(sys.argv[1:])
