"""The day is that of the site's time zone, and changes at its midnight."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from projects.api import dataset
from projects.api.dataset import Clock


def test_the_day_changes_at_midnight_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = {
        datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC): date(2026, 3, 1),
        datetime(2026, 3, 1, 16, 0, tzinfo=UTC): date(2026, 3, 2),
        datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC): date(2026, 3, 2),
        datetime(2026, 3, 1, 10, 0, tzinfo=UTC): date(2026, 3, 1),
    }
    told = Clock()
    for moment, day in moments.items():
        monkeypatch.setattr(dataset, "time", moment.timestamp)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert told.today() == day


def test_a_day_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    monkeypatch.setattr(dataset, "time", moment.timestamp)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    told = Clock()
    told.today()
    monkeypatch.setattr(timezone, "localdate", None)
    assert told.today() == date(2026, 3, 1)
