"""At most two photos are decoded at a time on a machine."""

import threading
from pathlib import Path

import pytest

from generations.uploads.decode import DecoderBusy, decode_photo
from generations.uploads.limits import Limits
from generations.uploads.slots import take_slot
from tests.generations.uploads import samples


def test_a_third_decode_is_told_to_come_back(tmp_path: Path) -> None:
    with take_slot(tmp_path, 2, 0), take_slot(tmp_path, 2, 0), pytest.raises(DecoderBusy) as busy:
        decode_photo(
            samples.encoded(samples.picture()), slots_dir=tmp_path, limits=Limits(slot_wait_seconds=0.1)
        )
    assert busy.value.retry_after == 5


def test_a_place_is_free_again_afterwards_also_after_an_error(tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="boom"), take_slot(tmp_path, 1, 0):
            raise ValueError("boom")


def test_one_who_waits_gets_the_place_that_comes_free(tmp_path: Path) -> None:
    leave = threading.Event()
    inside = threading.Event()

    def hold() -> None:
        with take_slot(tmp_path, 1, 0):
            inside.set()
            leave.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(5)
    threading.Timer(0.2, leave.set).start()
    with take_slot(tmp_path, 1, 5):
        assert leave.is_set()
    holder.join()


def test_the_folder_is_made(tmp_path: Path) -> None:
    with take_slot(tmp_path / "not" / "yet", 1, 0):
        assert (tmp_path / "not" / "yet").is_dir()
