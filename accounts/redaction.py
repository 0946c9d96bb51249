"""Keeps sign-in tokens and addresses out of the logs, whoever writes the line."""

import logging
import re

TOKEN_PATH = re.compile(r"(/sign-in/)[A-Za-z0-9_-]{20,}")
# Bounded, so that a long line without blanks is not searched again from each of its characters.
ADDRESS = re.compile(r"[^\s@<>\"'=,;]{1,64}@[^\s@<>\"'=,;]{1,255}\.[^\s@<>\"'=,;]{1,63}")


class RedactionFilter(logging.Filter):
    """Replaces the token in a sign-in path by "<token>" and any e-mail address by "<address>"."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        clean = redacted(line)
        if clean != line:
            record.msg, record.args = clean, None
        return True


def redacted(text: str) -> str:
    return ADDRESS.sub("<address>", TOKEN_PATH.sub(r"\1<token>", text))
