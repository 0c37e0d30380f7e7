"""What happens before the site starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from backend.local.prepare import ADMINISTRATOR, collect_static_files, make_administrator


@pytest.mark.django_db
def test_the_first_administrator_is_made_once() -> None:
    assert make_administrator("a long password")
    assert not make_administrator("another password")
    user = get_user_model().objects.get(username=ADMINISTRATOR)
    assert user.is_superuser
    assert user.check_password("a long password")


@pytest.mark.django_db
def test_an_administrator_of_any_name_is_enough() -> None:
    User.objects.create_superuser("curator", password="a long password")
    assert not make_administrator("another password")


@pytest.mark.django_db
def test_without_a_password_there_is_no_administrator() -> None:
    assert not make_administrator("")
    assert not User.objects.exists()


def test_a_variable_that_cannot_be_read_is_named_in_one_line() -> None:
    program = [sys.executable, "-m", "backend.local.prepare"]
    variables = {"PATH": os.defpath, "OVERDUE_GRACE_DAYS_STATED": "soon"}
    asked = subprocess.run(program, check=False, capture_output=True, text=True, env=variables)
    assert asked.returncode == 1
    assert asked.stderr == "error: OVERDUE_GRACE_DAYS_STATED is 'soon'. Set it to a whole number.\n"


def test_static_files_are_collected_when_they_have_changed(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("p { color: red }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    collect_static_files()
    first = set(settings.STATIC_ROOT.glob("site.*.css"))
    assert len(first) == 1
    (settings.STATIC_ROOT / "mark").touch()
    collect_static_files()
    assert (settings.STATIC_ROOT / "mark").exists()
    (source / "site.css").write_text("p { color: blue }")
    collect_static_files()
    assert set(settings.STATIC_ROOT.glob("site.*.css")).isdisjoint(first)
    assert not (settings.STATIC_ROOT / "mark").exists()
