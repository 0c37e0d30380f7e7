"""Signals become requests."""

import os
import signal
from collections.abc import Iterator

import pytest

from backend.local.signals import StopRequests


@pytest.fixture
def requests() -> Iterator[StopRequests]:
    """Listens to the signals of this process, and gives them back."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    # As in a terminal, even where the tests themselves run under nohup.
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    requests = StopRequests()
    requests.listen()
    yield requests
    for number, handler in before.items():
        signal.signal(number, handler)


def test_under_nohup_a_closed_terminal_is_no_request(requests: StopRequests) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    requests.listen()
    os.kill(os.getpid(), signal.SIGHUP)
    assert not requests.take()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_each_signal_is_one_request(requests: StopRequests, number: signal.Signals) -> None:
    assert not requests.take()
    os.kill(os.getpid(), number)
    assert requests.take()
    assert not requests.take()
