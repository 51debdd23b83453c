"""Whether the items of a pack are spread over its blueprint as the exam's questions are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.ids import Topic
from bot.core.items import Item
from bot.packs.blueprints import Blueprint
from bot.packs.fields import counted
from bot.packs.problems import Code, Spot

FEWEST_TO_COMPARE: Final = 60
"""A pack with fewer items is on its way and is not measured against its blueprint."""

FARTHEST: Final = 5
"""The share of a domain may be off its weight by so many points of a hundred."""

FEWEST_IN_TASK: Final = 5


def check_coverage(items: Sequence[Item], blueprint: Blueprint, line: int, spot: Spot) -> None:
    """Report domains that are off their weights and tasks with hardly any of the *items*."""
    if len(items) < FEWEST_TO_COMPARE:
        return
    by_task = Counter(item.topic for item in items)
    for name, share in domain_shares(by_task, blueprint).items():
        weight = next(domain.weight for domain in blueprint.domains if domain.id == name)
        if abs(share * 100 - float(weight)) > FARTHEST:
            spot.report(
                Code.DOMAIN_SHARE,
                line,
                f"Domain {name} has {share:.0%} of the items, but a weight of {weight} %.",
                "Write items for the domains with too few.",
            )
    for task in blueprint.topics:
        if by_task[task] < FEWEST_IN_TASK:
            spot.report(
                Code.TASK_COVERAGE,
                line,
                f"Task {task} has {counted(by_task[task], 'item')}; under {FEWEST_IN_TASK} say little of it.",
                "Write more items for this task.",
            )


def domain_shares(by_task: Mapping[Topic, int], blueprint: Blueprint) -> dict[str, float]:
    """Return the share of each domain of *blueprint*, from 0 to 1, in the counts of its tasks."""
    counts = {
        domain.id: sum(by_task.get(task.id, 0) for task in domain.tasks) for domain in blueprint.domains
    }
    total = sum(counts.values())
    return {name: count / total if total else 0.0 for name, count in counts.items()}
