"""The moments at which days are most easily taken for others, in Beijing time, and where the computer may stand."""

from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

BEIJING: Final = ZoneInfo("Asia/Shanghai")
# The ends of years and quarters, and of the February of a leap year, some years ahead: a test that holds only until
# a day that stands in it shows, too.
_DAYS: Final = ("2031-12-31", "2032-01-01", "2032-02-28", "2032-02-29", "2032-03-31")
# In Greenwich it is still yesterday at the first, the same day at the others; in New York at the first two.
_HOURS: Final = ("00:30", "08:30", "23:30")
_ZONES: Final = ("UTC", "America/New_York")


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is, and the time zone of the process (TZ)."""

    at: datetime
    zone: str

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M} {self.zone}"

    def seconds_away(self, now: float) -> int:
        """Return by how many whole seconds a clock that shows ``now`` (since 1970) must be moved."""
        return round(self.at.timestamp() - now)


def read(text: str) -> Moment:
    """Return the moment that is written ``2032-02-29T00:30`` or ``2032-02-29T00:30 UTC``. Raises ValueError."""
    at, _, zone = text.partition(" ")
    return Moment(datetime.fromisoformat(at).replace(tzinfo=BEIJING), zone or "UTC")


# Each day and each hour with either zone.
MOMENTS: Final = tuple(
    read(f"{day}T{hour} {_ZONES[number % 2]}") for number, (day, hour) in enumerate(product(_DAYS, _HOURS))
)
