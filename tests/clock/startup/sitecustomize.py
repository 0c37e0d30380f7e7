"""Moves the clock of every Python that starts with this folder in PYTHONPATH, by TEST_CLOCK_OFFSET seconds."""

import os
import time

if offset := os.environ.get("TEST_CLOCK_OFFSET"):
    import time_machine

    time_machine.travel(time.time() + int(offset)).start()
