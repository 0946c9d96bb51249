"""Sixty typed ideas become scenes that pass the gate."""

import time
import tomllib
from pathlib import Path

import pytest

from generations.lineart import judge
from generations.scenes import understand
from generations.scenes.composer import compose_scene
from tests.generations.scenes.conftest import laid_out

SIXTY = tomllib.loads((Path(__file__).parent / "ideas.toml").read_text(encoding="utf-8"))
ALL = [
    (complexity, idea) for levels in SIXTY.values() for complexity, ideas in levels.items() for idea in ideas
]
A_FEW = ALL[2::6]


def drawn(complexity: str, idea: str) -> dict[str, float]:
    verdict = judge(laid_out(compose_scene(understand(idea), complexity, 0)))
    assert verdict.ok, verdict.problem
    return verdict.numbers


@pytest.mark.parametrize(("complexity", "idea"), ALL)
def test_everybody_who_was_asked_for_is_there(complexity: str, idea: str):
    scene = compose_scene(understand(idea), complexity, 0)
    assert [one for one in scene.figures if one.role == "subject"]
    assert scene.aspect in (190 / 277, 277 / 190)


@pytest.mark.parametrize(("complexity", "idea"), A_FEW)
def test_a_few_pass_the_gate(complexity: str, idea: str):
    numbers = drawn(complexity, idea)
    assert numbers["areas"] >= 10
    assert numbers["largest_percent"] < 80


@pytest.mark.full
@pytest.mark.parametrize(("complexity", "idea"), ALL)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_all_pass_the_gate(complexity: str, idea: str, seed: int):
    assert judge(laid_out(compose_scene(understand(idea), complexity, seed))).ok


def test_a_detailed_page_takes_little_time():
    drawn("detailed", "a farm")  # what is loaded once is loaded
    started = time.process_time()
    drawn("detailed", "cars and a bus in the city")
    assert time.process_time() - started < 2


def test_more_is_drawn_for_older_children():
    figures = [
        len(compose_scene(understand("a farm"), level, 0).figures)
        for level in ("simple", "standard", "detailed")
    ]
    assert figures == sorted(figures)
    assert figures[0] < figures[2] / 2


def test_five_are_five():
    scene = compose_scene(understand("five cats"), "simple", 0)
    assert len([one for one in scene.figures if one.role == "subject"]) == 5
