import re
from pathlib import Path

from tests.plugin import EXAMPLE, names_in

SETTINGS = EXAMPLE.parent / "config" / "settings.py"


def names_read(path: Path) -> set[str]:
    return set(re.findall(r'\benv_[a-z]+\(\s*"([A-Z0-9_]+)"', path.read_text()))


def test_the_example_names_exactly_the_variables_that_are_read():
    assert set(names_in(EXAMPLE.read_text())) == names_read(SETTINGS)


def test_names_are_found_in_use_and_commented_out():
    assert names_in("# Words. A=1\n# B_2=x\nC_C=\n#DD=3\n") == ["B_2", "C_C", "DD"]
