"""Turns TERM, Ctrl-C and a closed terminal into requests that the launcher takes note of when it is safe to."""

import signal


class StopRequest(KeyboardInterrupt):
    """Someone has asked the launcher to stop."""


class StopRequests:
    """Counts the signals that ask for an end."""

    def __init__(self) -> None:
        self._arrived = 0

    def listen(self) -> None:
        """From now on collect the signals instead of dying of them."""
        signal.signal(signal.SIGTERM, self._note)
        signal.signal(signal.SIGINT, self._note)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # Under nohup it stays ignored.
            signal.signal(signal.SIGHUP, self._note)

    def take(self) -> bool:
        """Tell whether a request has arrived since the last call."""
        arrived, self._arrived = self._arrived, 0
        return arrived > 0

    def _note(self, *_signal_and_frame: object) -> None:
        self._arrived += 1
