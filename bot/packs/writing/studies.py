"""Notes and labs as files."""

from collections.abc import Mapping

from bot.core.items import Difficulty
from bot.core.labs import Lab, Step
from bot.core.notes import Note
from bot.packs.writing.items import Entry, serves, sources
from bot.packs.writing.texts import Bare, Braces, Value, document


def note_file(note: Note) -> bytes:
    """Return the Markdown of *note*, with its front matter."""
    fields: Entry = {
        "format": Bare(1),
        "id": note.id.partition("/")[2],
        "title": note.title,
        "topic": note.topic,
        "summary": note.summary,
    }
    front = document({name: value for name, value in (fields | _ending(note)).items() if value}).decode()
    body = "\n\n".join(
        f"## {section.heading}\n\n{section.body}" if section.heading else section.body
        for section in note.sections
    )
    return f"---\n{front}---\n\n{body}\n".encode()


def lab_file(lab: Lab) -> bytes:
    """Return the file of *lab*."""
    fields: Entry = {
        "format": Bare(1),
        "id": lab.id.partition("/")[2],
        "title": lab.title,
        "topic": lab.topic,
        "difficulty": Bare(lab.difficulty.value) if lab.difficulty is not Difficulty.MEDIUM else "",
        "minutes": Bare(lab.minutes) if lab.minutes else "",
        "cost": lab.cost,
        "goal": lab.goal,
        "prerequisites": lab.prerequisites,
        "steps": tuple(map(_step, lab.steps)),
        "troubleshooting": tuple(Braces(problem=one.problem, fix=one.fix) for one in lab.troubles),
        "clean_up": lab.clean_up,
    }
    return document({name: value for name, value in (fields | _ending(lab)).items() if value})


def _ending(study: Note | Lab) -> Entry:
    """Return the fields that both have at their end."""
    until = study.valid_until
    return {
        "serves": serves(study.serves),
        "valid_until": Bare(until.isoformat()) if until is not None else "",
        "sources": sources(study.sources),
        "off": study.off,
    }


def _step(step: Step) -> Mapping[str, Value]:
    entry: Entry = {"id": step.id, "title": step.title, "do": step.do}
    if step.expect:
        entry["expect"] = step.expect
    if step.checkpoint is not None:
        entry["checkpoint"] = Braces(ask=step.checkpoint.ask, answer=step.checkpoint.answer)
    return entry
