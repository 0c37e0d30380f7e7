"""Tests that share something stay in one process when several run them."""

import subprocess
import sys
from pathlib import Path

import pytest

GROUP = """
import os
import pytest

pytestmark = pytest.mark.xdist_group("one")

@pytest.mark.parametrize("turn", range(6))
def test_of_a_group(turn):
    with open(os.environ["SEEN"], "a") as seen:
        print(os.environ["PYTEST_XDIST_WORKER"], turn, file=seen)
"""


@pytest.mark.slow
def test_a_group_runs_in_one_process_and_in_its_order(tmp_path: Path) -> None:
    """The versions of pytest and of pytest-xdist that are locked understand each other about groups."""
    (tmp_path / "test_group.py").write_text(GROUP)
    seen = tmp_path / "seen"
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    parallel = ["--numprocesses", "2", "--dist", "loadgroup", str(tmp_path)]
    subprocess.run(command + parallel, cwd=tmp_path, env={"SEEN": str(seen)}, check=True, capture_output=True)
    processes, turns = zip(*(line.split() for line in seen.read_text().splitlines()), strict=True)
    assert len(set(processes)) == 1
    assert turns == tuple("012345")
