"""The launcher's command line."""

import sys

import pytest

from backend.local.__main__ import main


def test_a_command_runs_with_servers_and_gives_its_exit_code() -> None:
    assert main(["exec", sys.executable, "-c", "raise SystemExit(4)"]) == 4


def test_an_error_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "none")
    assert main(["run"]) == 1
    assert capsys.readouterr().err == "error: PORT is 'none': set it to a number between 1 and 65535.\n"


def test_an_unknown_action_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["fly"])
    assert "choose from" in capsys.readouterr().err
