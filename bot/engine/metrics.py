"""Metrics: what an operator watches, in Prometheus' own types."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """The figures of one process, on a registry of their own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "studyhall_answers", "Answers by what became of them.", ["outcome"], registry=self.registry
        )
        self.acknowledged = Histogram(
            "studyhall_acknowledgement_seconds",
            "Time from an event's arrival to its acknowledgement.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.commits = Counter("studyhall_commits", "Transactions committed.", registry=self.registry)
        self.batch = Histogram(
            "studyhall_batch_events", "Events in one transaction.", buckets=SIZES, registry=self.registry
        )
        self.delivered = Counter(
            "studyhall_deliveries", "Messages by what became of them.", ["outcome"], registry=self.registry
        )
        self.outbox_depth = Gauge("studyhall_outbox_depth", "Messages that wait.", registry=self.registry)
        self.outbox_age = Gauge(
            "studyhall_outbox_age_seconds", "Age of the oldest message that waits.", registry=self.registry
        )
        self.wakes = Histogram(
            "studyhall_wake_lateness_seconds",
            "How late a deadline was acted on.",
            buckets=SECONDS,
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Return every figure in Prometheus' text format."""
        return generate_latest(self.registry)
