"""OWASP ASVS 5.0.0: every requirement of levels 1 and 2 is decided in docs/asvs.csv, and every test it names is there."""

import csv
import re
from collections import Counter

from tests.suite import TOP

# The level of each requirement of a section, in order: 1.1 has 1.1.1 and 1.1.2, both of level 2.
LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}
DECISIONS = {"test", "shown", "not applicable", "deviation"}
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
PATH = re.compile(r"(?<![\w/])(?:docs|config|generations|accounts|static|templates)/[\w/.-]*\w")
WITH_TESTS = 60


def wanted() -> dict[str, int]:
    levels = {
        f"{section}.{at}": int(level) for section, all_ in LEVELS.items() for at, level in enumerate(all_, 1)
    }
    return {number: level for number, level in levels.items() if level <= 2}


def rows() -> list[dict[str, str]]:
    with (TOP / "docs" / "asvs.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_is_decided_once() -> None:
    assert (len(wanted()), list(wanted().values()).count(1)) == (253, 70)
    assert {row["id"]: int(row["level"]) for row in rows()} == wanted()
    assert len(rows()) == len(wanted())


def test_every_decision_has_its_reason() -> None:
    for row in rows():
        assert row["decision"] in DECISIONS, row["id"]
        assert row["about"], row["id"]
        assert len(row["where"]) > 12, row["id"]
        assert bool(TEST.fullmatch(row["where"])) == (row["decision"] == "test"), row["id"]


def test_enough_are_held_by_tests() -> None:
    counted = Counter(row["decision"] for row in rows())
    print(dict(counted))
    assert counted["test"] >= WITH_TESTS


def test_what_is_named_is_there() -> None:
    for row in rows():
        for file, name in TEST.findall(row["where"]):
            assert f"def {name}(" in (TOP / file).read_text(), row["id"]
        for path in PATH.findall(row["where"]):
            assert (TOP / path).exists(), row["id"]


def test_what_security_md_names_is_there() -> None:
    text = (TOP / "docs" / "security.md").read_text()
    named = TEST.findall(text)
    assert len(named) > 20
    for file, name in named:
        assert f"def {name}(" in (TOP / file).read_text(), name
