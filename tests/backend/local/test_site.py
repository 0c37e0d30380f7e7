"""The programs of the site, and how it is asked whether it serves."""

from pathlib import Path

import pytest

from backend.local.folder import data_folder
from backend.local.options import Options
from backend.local.site import site_environment, site_services


def test_the_site_listens_to_this_machine_at_the_port_asked_for(tmp_path: Path) -> None:
    web, beat, worker = site_services(Options(8123, tmp_path, "", ""), {"WORD": "x"})
    command = " ".join(web.command)
    assert "--host 127.0.0.1 --port 8123" in command
    assert command.endswith("backend.wsgi:application")
    assert {service.name for service in (web, beat, worker)} == {"web", "beat", "worker"}
    assert all(service.environment == {"WORD": "x"} for service in (web, beat, worker))
    assert str(tmp_path / "beat-schedule") in beat.command


def test_secrets_stay_the_same_and_given_ones_win(tmp_path: Path) -> None:
    options = Options(8123, tmp_path, "", "")
    with data_folder(tmp_path) as folder:
        first = site_environment({}, options, folder)
        assert site_environment({"SECRET_KEY": ""}, options, folder) == first
        given = site_environment({"SECRET_KEY": "mine", "SITE_URL": "https://duixian.example"}, options, folder)
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SITE_URL"] == "http://127.0.0.1:8123"
    assert (given["SECRET_KEY"], given["SITE_URL"]) == ("mine", "https://duixian.example")


@pytest.mark.parametrize("key", ["SECRET_KEY", "SITE_URL", "DUIXIAN_DATA_DIR"])
def test_every_program_is_told_what_it_needs(tmp_path: Path, key: str) -> None:
    with data_folder(tmp_path) as folder:
        assert site_environment({}, Options(8000, tmp_path, "", ""), folder)[key]
