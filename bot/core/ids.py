"""The identifiers that everyone shares, each its own type so that none is passed for another."""

from typing import NewType

PackId = NewType("PackId", str)
"""A pack's id: lower-case letters, digits and hyphens."""

DeckId = NewType("DeckId", str)
"""A deck's id over all packs: ``pack/deck``."""

ItemId = NewType("ItemId", str)
"""An item's id over all packs: ``pack/item``, and ``pack/case/item`` inside a case study."""

CardId = NewType("CardId", str)
"""A card's id over all packs: ``pack/card``; no item of the pack has the same."""

NoteId = NewType("NoteId", str)
"""A note's id over all packs: ``pack/note``."""

LabId = NewType("LabId", str)
"""A lab's id over all packs: ``pack/lab``."""

StepId = NewType("StepId", str)
"""One step of a lab; unique in it."""

OptionId = NewType("OptionId", str)
"""One choice of an item; unique in its item, never a letter."""

StemId = NewType("StemId", str)
"""One left-hand side of a matching item; unique in its item."""

Topic = NewType("Topic", str)
"""A task of the pack's blueprint, such as ``1.2``, or a topic that the pack itself lists."""

GroupId = NewType("GroupId", int)
ChannelId = NewType("ChannelId", int)
LearnerId = NewType("LearnerId", int)

RoundId = NewType("RoundId", str)
"""13 characters of base 32, drawn from the id of the event that started the round.

The round of a question of the day is named by its schedule and its local date: ``schedule-2026-11-22``.
"""

ScheduleId = NewType("ScheduleId", str)
"""13 characters of base 32, drawn from the channel and the name that the schedule has there."""

QuestionId = NewType("QuestionId", str)
"""``round.position``, the position counted from 0."""

EventId = NewType("EventId", str)
"""The platform's own id of an event, with the platform's name in front."""

Platform = NewType("Platform", str)
"""``web``, ``discord`` or ``slack``."""
