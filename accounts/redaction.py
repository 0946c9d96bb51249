"""Keeps sign-in tokens, API keys and addresses out of the logs, whoever writes the line."""

import logging
import re

TOKEN_PATH = re.compile(r"(/sign-in/)[A-Za-z0-9_-]{20,}")
API_KEY = re.compile(r"(scribble_)[A-Za-z0-9_-]{20,}")
# Bounded, so that a long line without blanks is not searched again from each of its characters.
ADDRESS = re.compile(r"[^\s@<>\"'=,;]{1,64}@[^\s@<>\"'=,;]{1,255}\.[^\s@<>\"'=,;]{1,63}")


class RedactionFilter(logging.Filter):
    """Replaces the token in a sign-in path by "<token>", an API key and any e-mail address likewise."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        clean = redacted(line)
        if clean != line:
            record.msg, record.args = clean, None
        return True


def redacted(text: str) -> str:
    return ADDRESS.sub("<address>", API_KEY.sub(r"\1<key>", TOKEN_PATH.sub(r"\1<token>", text)))
