"""Companies' services on this machine, for whoever wants to try what they draw without a key."""

import os
import socket
import sys

from config.processes import Child

KEY, TOKEN = "a-key-for-tests", "a-token-for-tests"


def stand_ins() -> tuple[Child, dict[str, str]]:
    """Servers that answer as the companies do, and the settings that lead to them. PROVIDERS stands if it is set."""
    gemini, openai, replicate = ports = [_free_port() for _service in range(3)]
    command = (sys.executable, "-m", "tests.stand_ins", *map(str, ports))
    environment = {
        "PROVIDERS": os.environ.get("PROVIDERS") or "gemini,openai,replicate,embedded",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": f"http://127.0.0.1:{gemini}",
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": f"http://127.0.0.1:{openai}/v1",
        "REPLICATE_API_TOKEN": TOKEN,
        "REPLICATE_BASE_URL": f"http://127.0.0.1:{replicate}",
        "OUTGOING_HOSTS": "127.0.0.1",
        "OUTGOING_LOOPBACK": "1",
    }
    return Child("stand-ins", command), environment


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
