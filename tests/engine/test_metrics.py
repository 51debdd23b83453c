"""Metrics: figures that an operator's tools can read."""

import pytest

from bot.engine.metrics import Buckets, Metrics


def test_every_figure_is_there_before_it_first_happens() -> None:
    """A dashboard can tell nothing happened from nothing measured."""
    text = Metrics().text().decode()

    for line in (
        'studyhall_answers_total{outcome="accepted"} 0.0',
        'studyhall_answers_total{outcome="duplicate"} 0.0',
        'studyhall_deliveries_total{outcome="retried"} 0.0',
        "studyhall_commits_total 0.0",
        "studyhall_outbox_depth 0.0",
        "studyhall_outbox_age_seconds 0.0",
        'studyhall_batch_events_bucket{le="256.0"} 0.0',
        'studyhall_acknowledgement_seconds_bucket{le="+Inf"} 0.0',
        "studyhall_wake_lateness_seconds_count 0.0",
    ):
        assert line in text


def test_figures_are_told_as_they_were_counted() -> None:
    """Counts, levels and distributions."""
    metrics = Metrics()
    metrics.answers.labels("accepted").inc()
    metrics.commits.inc(3)
    metrics.outbox_depth.set(7)
    for seconds in (0.001, 0.002, 9):
        metrics.acknowledged.observe(seconds)

    text = metrics.text().decode()

    assert 'studyhall_answers_total{outcome="accepted"} 1.0' in text
    assert "studyhall_commits_total 3.0" in text
    assert "studyhall_outbox_depth 7.0" in text
    assert 'studyhall_acknowledgement_seconds_bucket{le="0.001"} 1.0' in text
    assert 'studyhall_acknowledgement_seconds_bucket{le="0.0025"} 2.0' in text
    assert 'studyhall_acknowledgement_seconds_bucket{le="2.5"} 2.0' in text
    assert "studyhall_acknowledgement_seconds_count 3.0" in text
    assert "studyhall_acknowledgement_seconds_sum 9.003" in text


def test_a_value_at_a_bound_lies_under_it() -> None:
    """As Prometheus has it."""
    buckets = Buckets((1.0, 2.0))
    for value in (1, 1.5, 2, 3):
        buckets.observe(value)

    assert buckets.cumulative() == [("1.0", 1), ("2.0", 3), ("+Inf", 4)]
    assert (buckets.count, buckets.sum) == (4, 7.5)


def test_an_outcome_that_was_not_foreseen_is_a_defect() -> None:
    """A misspelt one would be a figure that nobody watches."""
    with pytest.raises(KeyError):
        Metrics().answers.labels("acepted")
