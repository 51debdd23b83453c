"""The form in which a job lies in PgQueuer: its bytes, its dedupe key and its priority (pure)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.ports import Job

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_PRIORITY_ORIGIN = datetime(2030, 1, 1, tzinfo=UTC)  # priorities are 32 bits: 68 years around this
_PRIORITY_LIMIT = 2**31 - 1


class _StoredJob(BaseModel):
    """The bytes of one job; its kind is the name of PgQueuer's entrypoint."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    v: Literal[1] = 1
    key: str
    due: int
    payload: dict[str, int | str]


def epoch_ms(time: datetime) -> int:
    """Return *time* as whole milliseconds since 1970, rounded down."""
    return (time - _EPOCH) // _MILLISECOND


def encode(job: Job) -> bytes:
    """Return *job* without its kind as bytes; raise ValueError where the payload holds more than ids."""
    stored = _StoredJob(key=job.key, due=epoch_ms(job.due), payload=dict(job.payload))
    return stored.model_dump_json().encode()


def decode(kind: str, body: bytes | None) -> Job:
    """Return the job of *kind* that `encode` made *body* of, its time cut to the millisecond.

    Raises ValueError when *body* is of another version of this form.
    """
    stored = _StoredJob.model_validate_json(body or b"")
    return Job(kind, stored.key, _EPOCH + stored.due * _MILLISECOND, stored.payload)


def by_name(jobs: Sequence[Job]) -> dict[tuple[str, str], Job]:
    """Return *jobs* by kind and key, in their order; of several with one name the first counts."""
    first: dict[tuple[str, str], Job] = {}
    for job in jobs:
        first.setdefault((job.kind, job.key), job)
    return first


def dedupe_key(job: Job) -> str:
    """Return one text for kind and key that no other pair shares."""
    return json.dumps([job.kind, job.key], ensure_ascii=False)


def priority(job: Job) -> int:
    """Return the priority that makes PgQueuer, highest first, start due jobs in due order.

    It counts whole seconds: jobs of the same second start in the order in which they were enqueued.
    """
    seconds = (_PRIORITY_ORIGIN - job.due) // timedelta(seconds=1)
    return max(-_PRIORITY_LIMIT, min(seconds, _PRIORITY_LIMIT))
