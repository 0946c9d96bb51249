"""What may be a face, and what is sure to be one."""

import numpy as np
import pytest

from generations.faces import Box
from generations.faces.blaze import Found, far_faces, near_faces
from generations.faces.detect import _apart, _distinct
from generations.faces.mesh import Mesh
from generations.faces.squares import Copies, Square
from tests.faces import face_at
from tests.generations.lineart.conftest import read_photo


def whole(copies: Copies) -> Square:
    return Square(copies.width / 2, copies.height / 2, max(copies.width, copies.height))


def at(copies: Copies, x: float, y: float, size: float, lean: float = 0.0) -> Found:
    reach = 0.2 * size * np.array([np.cos(lean), np.sin(lean)])
    middle = np.array([x, y])
    return Found(0.9, middle, size, np.array([middle - reach, middle + reach]))


@pytest.fixture(scope="module")
def portrait() -> Copies:
    return Copies.of(read_photo("astronaut"))


def test_one_face_is_found_several_times_around_its_place(portrait: Copies):
    found = [
        one for network in (near_faces(), far_faces()) for one in network.find(portrait, whole(portrait))
    ]
    assert len(found) > 1
    assert len(_distinct(found)) == 1
    (best,) = _distinct(found)
    assert best.likely == max(one.likely for one in found)
    assert best.middle == pytest.approx((223, 115), abs=15)


@pytest.mark.parametrize("name", ["chelsea", "raccoon", "coffee", "motorcycle", "rocket"])
def test_what_is_hardly_like_a_face_is_left_out(name: str):
    copies = Copies.of(read_photo(name))
    assert all(network.find(copies, whole(copies)) == [] for network in (near_faces(), far_faces()))


def test_a_place_without_a_face_gets_no_mesh():
    copies = Copies.of(read_photo("chelsea"))
    assert Mesh().fit(copies, at(copies, copies.width / 2, copies.height / 2, 120)) is None


def test_a_face_is_fitted_alike_however_it_was_found(portrait: Copies):
    mesh = Mesh()
    true, askew = (mesh.fit(portrait, at(portrait, 223, 115, 90, lean)) for lean in (0.07, 0.3))
    assert true is not None
    assert askew is not None
    assert np.hypot(*(true.points - askew.points).T).mean() < 1.2


def test_two_places_that_lead_to_one_face_are_one():
    face, again, other = (face_at(Box(x, 100, 100, 100)) for x in (100, 104, 300))
    assert _apart([face, again, other]) == [face, other]
