"""The crayons of the sets."""

import numpy as np
import pytest

from generations.lineart.numbers import CRAYONS, SETS, crayon_set
from generations.lineart.numbers.crayons import lab_of
from generations.lineart.numbers.matching import differences


@pytest.mark.parametrize("size", SETS)
def test_a_crayon_has_the_same_number_in_every_set(size: int):
    assert [crayon.number for crayon in crayon_set(size)] == list(range(1, size + 1))
    assert crayon_set(size) == CRAYONS[:size]


def test_no_two_look_alike():
    colours = lab_of(np.array([crayon.rgb for crayon in CRAYONS], np.float64))
    apart = differences(colours, colours) + 1000 * np.eye(len(CRAYONS))
    assert apart.min() > 8
    assert len({crayon.name for crayon in CRAYONS}) == len(CRAYONS)


def test_all_show_on_white():
    white = lab_of(np.array([[255.0, 255.0, 255.0]]))
    colours = lab_of(np.array([crayon.rgb for crayon in CRAYONS], np.float64))
    assert differences(colours, white).min() > 9


def test_colours_are_written_as_style_sheets_do():
    assert CRAYONS[0].hex == "#ffd21f"
    assert CRAYONS[7].mixed(0) == "#ffffff"


def test_there_is_no_other_set():
    with pytest.raises(ValueError, match="9"):
        crayon_set(9)
