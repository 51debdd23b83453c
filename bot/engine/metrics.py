"""Metrics: what an operator watches, exposed in Prometheus' own format.

Figures are kept as plain numbers, because they are counted on one thread, and turned into Prometheus' types
when somebody asks: its own counters take a lock a call, which an answer would pay for four times.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
SIZES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)


class Count:
    """A number that only grows."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.value = 0

    def inc(self, by: int = 1) -> None:
        """Add *by*."""
        self.value += by


class Outcomes:
    """A count for each outcome."""

    def __init__(self, *names: str) -> None:
        """Begin at zero for each of *names*, so that a figure is there before it first happens."""
        self.by_name = {name: Count() for name in names}

    def labels(self, outcome: str) -> Count:
        """Return the count for *outcome*; a KeyError for one that was not named."""
        return self.by_name[outcome]


class Level:
    """A number that rises and falls."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.value = 0.0

    def set(self, value: float) -> None:
        """Take *value*."""
        self.value = value


class Buckets:
    """A distribution: how many values lie at or under each of *bounds*, and their sum."""

    def __init__(self, bounds: Sequence[float]) -> None:
        """Begin empty."""
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        """Count *value*."""
        self._counts[bisect_left(self._bounds, value)] += 1
        self.sum += value

    @property
    def count(self) -> int:
        """How many values were counted."""
        return sum(self._counts)

    def cumulative(self) -> list[tuple[str, float]]:
        """Return each bound, as text, with how many values lie at or under it."""
        bounds = [*(str(bound) for bound in self._bounds), "+Inf"]
        return list(zip(bounds, map(float, accumulate(self._counts)), strict=True))


class Metrics(Collector):
    """The figures of one process."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.answers = Outcomes("accepted", "withdrawn", "refused", "duplicate")
        self.acknowledged = Buckets(SECONDS)
        self.commits = Count()
        self.batch = Buckets(SIZES)
        self.delivered = Outcomes("delivered", "retried", "waited", "refused")
        self.outbox_depth = Level()
        self.outbox_age = Level()
        self.wakes = Buckets(SECONDS)

    def collect(self) -> Iterable[Metric]:
        """Return every figure in Prometheus' types."""
        yield _counter("studyhall_answers", "Answers by what became of them.", self.answers)
        yield _histogram(
            "studyhall_acknowledgement_seconds",
            "Time from an event's arrival to its acknowledgement.",
            self.acknowledged,
        )
        commits = CounterMetricFamily("studyhall_commits", "Transactions committed.")
        commits.add_metric([], self.commits.value)
        yield commits
        yield _histogram("studyhall_batch_events", "Events in one transaction.", self.batch)
        yield _counter("studyhall_deliveries", "Messages by what became of them.", self.delivered)
        yield GaugeMetricFamily("studyhall_outbox_depth", "Messages that wait.", self.outbox_depth.value)
        yield GaugeMetricFamily(
            "studyhall_outbox_age_seconds", "Age of the oldest message that waits.", self.outbox_age.value
        )
        yield _histogram("studyhall_wake_lateness_seconds", "How late a deadline was acted on.", self.wakes)

    def text(self) -> bytes:
        """Return every figure in Prometheus' text format."""
        registry = CollectorRegistry()
        registry.register(self)
        return generate_latest(registry)


def _counter(name: str, help_: str, outcomes: Outcomes) -> Metric:
    family = CounterMetricFamily(name, help_, labels=["outcome"])
    for outcome, count in outcomes.by_name.items():
        family.add_metric([outcome], count.value)
    return family


def _histogram(name: str, help_: str, buckets: Buckets) -> Metric:
    family = HistogramMetricFamily(name, help_)
    family.add_metric([], buckets.cumulative(), buckets.sum)
    return family
