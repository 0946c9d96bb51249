"""What every test may use."""

import pytest
from django.conf import settings

from tests.plugin import VAR_DIR

# --- Databases ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the tests' database is a file: threads, child processes and a live server then see the same rows."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(VAR_DIR / "test.sqlite3")
