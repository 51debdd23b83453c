"""Figures: two rates or times from one run, and the ratio that is promised."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """The ratio of *value* to *base*, which should be at *least* or at *most* so much."""

    name: str
    value: float
    base: float
    least: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float:
        """The value as a multiple of the base."""
        return self.value / self.base

    @property
    def kept(self) -> bool:
        """Whether the promise holds in this run."""
        return (self.least is None or self.ratio >= self.least) and (
            self.most is None or self.ratio <= self.most
        )

    def __str__(self) -> str:
        """Say all of it on one line."""
        bounds = [f"at least {self.least}"] * (self.least is not None)
        bounds += [f"at most {self.most}"] * (self.most is not None)
        promise = f"{bounds[0]}, {'kept' if self.kept else 'MISSED'}" if bounds else "for information"
        return f"{self.ratio:7.2f} ({promise})  {self.name}  [{self.value:,.4g} / {self.base:,.4g}]"
