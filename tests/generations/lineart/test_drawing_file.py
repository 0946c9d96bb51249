import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from generations.lineart import (
    Complexity,
    DrawingFileError,
    LineThickness,
    Paper,
    Sheet,
    archive,
    compose_page,
    drawing_file,
    dump_drawing,
    load_drawing,
    page_to_svg,
)


def rewritten(data, **members):
    """The file with some members replaced (bytes) or removed (None)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = members.get(name.partition(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


@pytest.mark.parametrize("complexity", Complexity)
def test_a_loaded_drawing_gives_the_same_pages(drawing_of, complexity):
    drawing = drawing_of(complexity)
    loaded = load_drawing(dump_drawing(drawing))
    for thickness in LineThickness:
        sheet = Sheet.for_picture(Paper.LETTER, drawing.aspect)
        pages = [page_to_svg(compose_page(each, thickness, sheet)) for each in (drawing, loaded)]
        assert pages[0] == pages[1]


def test_nothing_is_lost_on_the_way(drawing):
    loaded = load_drawing(dump_drawing(drawing))
    assert dump_drawing(loaded) == dump_drawing(drawing)
    assert loaded.pupils == drawing.pupils
    assert np.array_equal(loaded.merges.cost, drawing.merges.cost)
    assert np.array_equal(loaded.colours, drawing.colours)


def test_a_standard_drawing_is_compact(drawing_of):
    assert len(dump_drawing(drawing_of(Complexity.STANDARD))) < 400_000


@pytest.mark.parametrize("cut", [0, 10, 1000, -10])
def test_a_cut_file_is_refused(drawing, cut):
    with pytest.raises(DrawingFileError):
        load_drawing(dump_drawing(drawing)[:cut])


HEADER = {"format": drawing_file.FORMAT.name, "version": 1, "complexity": "simple"}
BAD_MEMBERS = {
    "another version": {"drawing": json.dumps(HEADER | {"version": 4})},
    "another format": {"drawing": json.dumps(HEADER | {"format": "a drawing"})},
    "unknown complexity": {"drawing": json.dumps(HEADER | {"complexity": "huge"})},
    "no header": {"drawing": None},
    "header is a list": {"drawing": "[]"},
    "header is no JSON": {"drawing": "{"},
    "no labels": {"labels": None},
    "wrong type": {"labels": npy(np.zeros((9, 9)))},
    "pickled": {"labels": npy(np.array([{}], object))},
    "not an array": {"labels": b"hello"},
    "one dimension": {"labels": npy(np.zeros(9, np.uint16))},
    "unknown region": {"labels": npy(np.full((9, 9), 60_000, np.uint16))},
    "lines out of range": {"detail_starts": npy(np.array([0, 999_999], np.int32))},
    "strengths missing": {"detail_strength": npy(np.zeros(1, np.uint8))},
    "no subject": {"subject": None},
    "subject too short": {"subject": npy(np.zeros(1, np.bool_))},
    "merges unequal": {"merge_cost": npy(np.zeros(1, np.float32))},
}


@pytest.mark.parametrize("members", BAD_MEMBERS.values(), ids=BAD_MEMBERS)
def test_a_damaged_file_is_refused(drawing, members):
    with pytest.raises(DrawingFileError):
        load_drawing(rewritten(dump_drawing(drawing), **members))


def test_a_bomb_is_not_unpacked(drawing, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    with pytest.raises(DrawingFileError, match="too large"):
        load_drawing(dump_drawing(drawing))


def test_an_array_of_another_type_is_refused(drawing):
    strength = npy(drawing.strength.astype(np.float64))
    with pytest.raises(DrawingFileError, match="damaged in its strength"):
        load_drawing(rewritten(dump_drawing(drawing), strength=strength))


def test_a_file_of_the_first_version_has_no_subject(drawing):
    known = replace(drawing, subject=np.arange(len(drawing.colours)) == 1)
    assert np.array_equal(load_drawing(dump_drawing(known)).subject, known.subject)
    first = rewritten(dump_drawing(known), drawing=json.dumps(HEADER), subject=None)
    loaded = load_drawing(first)
    assert not loaded.subject.any()
    assert np.array_equal(loaded.labels, drawing.labels)


def test_the_edges_of_older_files_are_as_strong_as_they_were(drawing):
    before = {"drawing": json.dumps(HEADER | {"version": 2}), "strength": npy(drawing.strength // 8 * 4 + 3)}
    loaded = load_drawing(rewritten(dump_drawing(drawing), **before))
    assert np.array_equal(loaded.strength, drawing.strength // 8)


@pytest.mark.parametrize(("kept", "gone"), [(0, 0), (1, 1), (60_000, -1)])
def test_a_tree_that_joins_what_is_not_there_is_refused(drawing, kept, gone):
    merges = replace(drawing.merges, kept=drawing.merges.kept.copy(), gone=drawing.merges.gone.copy())
    merges.kept[-1], merges.gone[-1] = kept, gone
    with pytest.raises(DrawingFileError, match="damaged in its merge"):
        load_drawing(dump_drawing(replace(drawing, merges=merges)))
