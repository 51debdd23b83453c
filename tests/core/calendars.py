"""Zones, dates and times of day to search properties over."""

from datetime import date, time
from typing import Final

from hypothesis import strategies as st

ODD_ZONES: Final = (
    "Africa/Casablanca", "America/Nuuk", "America/St_Johns", "Antarctica/Casey", "Antarctica/Troll",
    "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin", "Pacific/Apia",
    "Pacific/Kwajalein", "UTC",
)  # fmt: skip
"""Gaps of half an hour, one hour and two, of a whole date, and at midnight; and zones without any."""

zones = st.sampled_from(ODD_ZONES)
changes = st.sampled_from([
    date(1993, 8, 21), date(2010, 3, 14), date(2010, 11, 7), date(2011, 12, 30), date(2026, 3, 29),
    date(2026, 4, 5), date(2026, 10, 4), date(2026, 10, 25),
])  # fmt: skip
days = st.dates(date(1990, 1, 1), date(2037, 1, 1)) | changes
wall_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
