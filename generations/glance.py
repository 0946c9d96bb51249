"""One look at all that is known of a job, for those who ask again and again whether there is anything new.

Two hundred of them ask a hundred times a second. Django takes ten times as long to write such a question as the database
takes to answer it, so this one is written already, and no row becomes an object.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from accounts.access import is_uuid
from accounts.models import User
from generations.models import Job
from generations.progress import seconds_waited, usual_seconds

# Both tables whole, so that nothing that may be shown of them is forgotten; and how many pictures come sooner.
QUESTION = """
    WITH mine AS (
        SELECT priority, MIN(not_before) AS due FROM generations_render
        WHERE job_id = %s AND status = 'queued' GROUP BY priority
    )
    SELECT job.mode, job.stage, job.finished_at, CASE WHEN render.ended_at IS NULL THEN render.started_at END,
        job.*, render.*, (
        SELECT COUNT(*) FROM generations_render AS sooner, mine
        WHERE sooner.status = 'queued' AND (
            sooner.priority > mine.priority OR (sooner.priority = mine.priority AND sooner.not_before < mine.due)
        )
    )
    FROM generations_job AS job LEFT JOIN generations_render AS render ON render.job_id = job.id
    WHERE job.id = %s AND job.user_id = %s
    ORDER BY render.id
"""


@dataclass(frozen=True)
class Glance:
    """What is seen of a job: mode, stage, and a mark. As long as the mark is the same there is nothing new to show."""

    job_id: UUID
    mode: str
    stage: str
    mark: str


def glance_at(user: User, job_id: UUID | str) -> Glance | None:
    """One query; None for a job that the user does not have."""
    if not is_uuid(job_id):
        return None
    job, owner = _stored(Job, job_id), _stored(User, user.pk)
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [job, job, owner])
        rows = cursor.fetchall()
    return _seen(UUID(str(job_id)), rows) if rows else None


def _stored(model: type[Job] | type[User], row_id: UUID | str) -> Any:
    """An id as this database keeps it."""
    return model._meta.pk.get_db_prep_value(row_id, connection)


def _waited(rows: list[tuple[Any, ...]]) -> int:
    since = min((started for _mode, _stage, _end, started, *_ in rows if started), default=None)
    return seconds_waited(_moment(since), timezone.now())


def _moment(stored: datetime | str | None) -> datetime | None:
    """A time as this database gives it: SQLite as text without a zone, which is UTC."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _seen(job_id: UUID, rows: list[tuple[Any, ...]]) -> Glance:
    mode, stage, finished = rows[0][:3]
    estimate = None if finished else (usual_seconds(mode), _waited(rows))
    facts = repr((rows, estimate, get_language()))
    return Glance(job_id, mode, stage, hashlib.blake2b(facts.encode(), digest_size=8).hexdigest())
