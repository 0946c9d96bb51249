import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import run

TOP = Path(run.__file__).parent
PANGO = [("libpango-1.0-0", "pango")]


def make_program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def only_path(tmp_path, monkeypatch):
    """A machine whose PATH holds nothing but what the test puts into this folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


# --- Which Python -----------------------------------------------------------------------------------------------------


def test_a_supported_python_goes_on():
    run.use_supported_python(running=(3, 12))


@pytest.mark.usefixtures("only_path")
def test_an_unsupported_python_says_which_are_supported():
    with pytest.raises(SystemExit, match=r"Python 3.11, 3.12 or 3.13 is needed, this is 3.9"):
        run.use_supported_python(running=(3, 9))


def test_another_python_on_the_path_is_found(only_path):
    python = make_program(only_path, "python3.12", "echo 3 12")
    assert run.other_python() == str(python)


def test_a_shim_of_a_python_that_is_not_installed_is_passed_over(only_path):
    make_program(only_path, "python3.11", "exit 127")
    assert run.other_python() is None


def test_version_of_a_python_that_is_gone():
    assert run.version_of("/no/such/python") == ()


# --- Locks and stamps -------------------------------------------------------------------------------------------------


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """run.py with locks and .venv in a folder of the test; a `pip install` succeeds and is noted in this list."""
    monkeypatch.setattr(run, "LOCKS", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path)
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "run_twice", calls.append)
    for name in ("uv", "base", "test"):
        (tmp_path / f"{name}.txt").write_text("django==5.2")
    return calls


def test_a_lock_is_installed_with_hashes(recorded):
    run.install_lock("base", ["pip", "install"])
    assert recorded[0][1:5] == ["-m", "pip", "install", "--require-hashes"]


def test_an_installed_lock_is_not_installed_again(recorded):
    run.install_lock("base", ["pip", "install"])
    run.install_lock("base", ["pip", "install"])
    assert len(recorded) == 1


def test_a_changed_lock_is_installed(recorded, tmp_path):
    run.install_lock("base", ["pip", "install"])
    (tmp_path / "base.txt").write_text("django==5.2.1")
    run.install_lock("base", ["pip", "install"])
    assert len(recorded) == 2


def test_the_test_lock_contains_the_base_lock(recorded):
    run.install_lock("test", ["pip", "install"])
    run.install_lock("base", ["pip", "install"])
    assert len(recorded) == 1


def test_what_the_test_lock_contains_is_true():
    locks = [
        set(re.findall(r"^\S+==\S+", (run.LOCKS / f"{name}.txt").read_text(), re.M))
        for name in ("base", "test")
    ]
    assert locks[0] <= locks[1]


def test_a_failed_install_leaves_no_stamp(recorded, tmp_path, monkeypatch):
    run.install_lock("base", ["pip", "install"])
    (tmp_path / "base.txt").write_text("django==5.2.1")
    monkeypatch.setattr(run, "run_twice", lambda command: sys.exit(1))
    with pytest.raises(SystemExit):
        run.install_lock("base", ["pip", "install"])
    assert not (tmp_path / "base.sha256").exists()


def test_what_fails_once_is_tried_once_more(tmp_path):
    tries = tmp_path / "tries"
    run.run_twice(["/bin/sh", "-c", f"echo x >> {tries}; test $(wc -l < {tries}) = 2"])
    assert tries.read_text() == "x\nx\n"


def test_what_fails_twice_ends_with_a_hint():
    with pytest.raises(SystemExit, match="is there a network"):
        run.run_twice(["/bin/sh", "-c", "exit 1"])


# --- System packages --------------------------------------------------------------------------------------------------


def test_missing_programs_are_named(only_path):
    make_program(only_path, "chromium", "")
    needs = {"chromium": ("chromium", "chromium"), "no-such-program": ("nothing", "nothing")}
    assert run.missing(needs) == ["no-such-program"]


def test_missing_libraries_are_named(monkeypatch):
    monkeypatch.setitem(run.LIBRARIES, "no-such-library", ("nothing", "nothing"))
    assert "no-such-library" in run.missing(run.LIBRARIES)


def test_on_debian_apt_updates_and_installs(only_path):
    make_program(only_path, "apt-get", "")
    update, install = run.install_commands(PANGO, ["sudo", "-n"])
    assert update == ["sudo", "-n", "apt-get", "update"]
    assert install == ["sudo", "-n", "apt-get", "install", "-y", "--no-install-recommends", "libpango-1.0-0"]


def test_on_macos_brew_installs_each_formula_once(only_path):
    make_program(only_path, "brew", "")
    assert run.install_commands([*PANGO, ("libpangoft2-1.0-0", "pango")], []) == [
        ["brew", "install", "pango"]
    ]


@pytest.mark.usefixtures("only_path")
def test_elsewhere_the_packages_are_named(capsys):
    assert not run.install_system(PANGO, "printing PDF")
    assert "install these with your package manager: libpango-1.0-0" in capsys.readouterr().out


def test_without_rights_the_line_to_type_is_named(only_path, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    make_program(only_path, "apt-get", "exit 1")
    assert not run.install_system(PANGO, "printing PDF")
    wanted = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libpango-1.0-0"
    assert wanted in capsys.readouterr().out


def test_sudo_that_asks_for_a_password_is_not_used(only_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    make_program(only_path, "sudo", "exit 1")
    assert run.root_prefix() is None


def test_a_failing_installation_says_so(only_path, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    make_program(only_path, "apt-get", "exit 100")
    assert not run.install_system(PANGO, "printing PDF")
    assert "type: apt-get update && apt-get install" in capsys.readouterr().out


# --- Options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("serve", [])),
        (["--port", "8001"], ("serve", ["--port", "8001"])),
        (["manage", "migrate", "--plan"], ("manage", ["migrate", "--plan"])),
        (["test", "-k", "ledger"], ("test", ["-k", "ledger"])),
    ],
)
def test_options_pass_on(arguments, expected):
    assert run.split(arguments) == expected


@pytest.mark.usefixtures("recorded")
def test_manage_becomes_that_management_command(monkeypatch):
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, words: became.append(words))
    run.main(["manage", "migrate", "--plan"])
    assert became == [[str(run.PYTHON), "manage.py", "migrate", "--plan"]]


def test_an_unknown_word_shows_the_usage():
    done = subprocess.run([sys.executable, "run.py", "tset"], cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 1
    assert "run.py test [pytest options]" in done.stdout
