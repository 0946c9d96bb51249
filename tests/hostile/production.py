"""The settings of a server on the internet, read by a Python of its own, and its deployment check."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

from django.conf import settings

from tests.suite import PRODUCTION, TOP

NAMES = (
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "OUTGOING_LOOPBACK",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_SECONDS",
    "SECURE_REDIRECT_EXEMPT",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
)
SCRIPT = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""


@cache
def production_settings() -> dict[str, Any]:
    """Those that make answers safe. AssertionError when `check --deploy` finds anything to say."""
    environment = {
        **os.environ,
        **PRODUCTION,
        "VAR_DIR": str(settings.VAR_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", f"NAMES = {NAMES!r}\n{SCRIPT}"],
        cwd=TOP,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    return json.loads(done.stdout.splitlines()[-1])
