from pathlib import Path

import pytest

from config.static_files import collect_when_changed


@pytest.fixture
def one_file(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static_files.HashedGzipStorage"},
    }
    settings.STATIC_ROOT.parent.joinpath("source").mkdir()
    file = tmp_path / "source" / "site.css"
    file.write_text("body { margin: 0 }\n" * 50)
    return file


def test_files_are_collected_with_hashed_names_and_gzip(one_file, settings):
    assert collect_when_changed()
    names = sorted(path.name for path in Path(settings.STATIC_ROOT).iterdir())
    assert "site.css.gz" in names
    assert not [name for name in names if name.endswith(".br")]


@pytest.mark.usefixtures("one_file")
def test_unchanged_files_are_not_collected_again():
    collect_when_changed()
    assert not collect_when_changed()


def test_a_changed_file_is_collected(one_file):
    collect_when_changed()
    one_file.write_text("body { margin: 1px }")
    assert collect_when_changed()
