"""Lists by cursor."""

import pytest

from config.cursors import PAGE_SIZE, newest_page
from config.errors import AppError
from credits.models import UsageEvent
from generations.models import Worker

pytestmark = pytest.mark.django_db
BY = ("at", "id")


def add(count: int) -> None:
    UsageEvent.objects.bulk_create(UsageEvent(network_hash="n", kind="upload") for _ in range(count))


def page(cursor: str = "", size: int = PAGE_SIZE):
    return newest_page(UsageEvent.objects.all(), by=BY, cursor=cursor, size=size)


def test_ten_a_page_unless_asked():
    add(11)
    assert (len(page().rows), len(page(size=3).rows)) == (10, 3)


def test_the_last_page_has_no_cursor():
    add(10)
    assert page().next_cursor == ""
    assert page(size=9).next_cursor


def test_rows_of_the_same_moment_come_once_each():
    add(7)
    UsageEvent.objects.update(at=UsageEvent.objects.first().at)
    first = page(size=4)
    assert len({row.pk for row in first.rows + page(first.next_cursor).rows}) == 7


def test_rows_that_arrive_above_move_nothing():
    add(4)
    first = page(size=2)
    add(3)
    assert not {row.pk for row in first.rows} & {row.pk for row in page(first.next_cursor).rows}
    assert len(page(first.next_cursor).rows) == 2


@pytest.mark.parametrize("cursor", ["x", "eyJ9:x:y", "\x00", "a" * 5000])
def test_a_cursor_that_is_not_ours(cursor: str):
    with pytest.raises(AppError) as refusal:
        page(cursor)
    assert (refusal.value.code, list(refusal.value.details)) == ("VALIDATION_ERROR", ["cursor"])


def test_a_cursor_of_another_list():
    add(2)
    with pytest.raises(AppError):
        newest_page(Worker.objects.all(), by=("started_at", "id"), cursor=page(size=1).next_cursor)
