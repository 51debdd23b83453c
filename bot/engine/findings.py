"""Findings: what an examination of the set-up found, each with what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: *fine* or not, what was seen, and with a fault its *mend*."""

    about: str
    fine: bool
    seen: str
    mend: str = ""
