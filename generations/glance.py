"""One look at all that is known of a job, for those who ask again and again whether there is anything new.

Two hundred of them ask a hundred times a second. Django takes ten times as long to write such a question as the database
takes to answer it, so this one is written already, and no row becomes an object.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from accounts.access import is_uuid
from accounts.models import User
from generations.models import Job
from generations.progress import usual_seconds

# Both tables whole, so that nothing that may be shown of them is forgotten; and how many pictures come sooner.
QUESTION = """
    WITH mine AS (
        SELECT priority, MIN(not_before) AS due FROM generations_render
        WHERE job_id = %s AND status = 'queued' GROUP BY priority
    )
    SELECT job.mode, job.stage, job.*, render.*, (
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


def _seen(job_id: UUID, rows: list[tuple[Any, ...]]) -> Glance:
    mode, stage = rows[0][:2]
    facts = repr((rows, usual_seconds(mode), get_language()))
    return Glance(job_id, mode, stage, hashlib.blake2b(facts.encode(), digest_size=8).hexdigest())
