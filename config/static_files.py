"""How static files are stored (hashed names, gzip), and collecting them only when one of them has changed."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedGzipStorage(CompressedManifestStaticFilesStorage):
    """Without Brotli, which whitenoise takes when it happens to be installed: 17 s at every change, gzip 0.4 s."""

    # Our own scripts may import each other by their plain names; those of libraries are left as they are.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r"""(?P<matched>from "(?P<url>\./[^"]+)")""", 'from "%(url)s"'),)),
    )

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)


def source_states() -> Iterator[str]:
    """Path, size and time of change of every static file, as it lies in the project and its libraries."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed = storage.get_modified_time(path).timestamp()
            yield f"{path} {storage.size(path)} {changed}"


def fingerprint() -> str:
    return hashlib.sha256("\n".join(sorted(source_states())).encode()).hexdigest()


def collect_when_changed() -> bool:
    """Fills STATIC_ROOT. Compressing takes seconds, so the same files are not collected twice; False then."""
    stamp, state = settings.STATIC_ROOT.with_suffix(".sha256"), fingerprint()
    if stamp.is_file() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True
