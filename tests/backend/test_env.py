"""Settings from the environment: typed, with errors that name the variable and the fix."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.env import Environment

DATABASES = ("postgresql", "postgres")


def env(**variables: str) -> Environment:
    return Environment(variables)


class TestText:
    def test_reads_without_blanks_around(self) -> None:
        assert env(NAME=" value ").text("NAME") == "value"

    @pytest.mark.parametrize("value", ["", "  "])
    def test_an_empty_one_is_not_set(self, value: str) -> None:
        assert env(NAME=value).text("NAME", "default") == "default"

    def test_a_required_one_is_asked_for(self) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"^NAME is not set\. Set it in the environment"):
            env().text("NAME")


class TestFlag:
    @pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
    def test_yes(self, value: str) -> None:
        assert env(DEBUG=value).flag("DEBUG", default=False) is True

    @pytest.mark.parametrize("value", ["0", "false", "No", "off"])
    def test_no(self, value: str) -> None:
        assert env(DEBUG=value).flag("DEBUG", default=True) is False

    @pytest.mark.parametrize("default", [True, False])
    def test_default(self, default: bool) -> None:
        assert env(DEBUG="").flag("DEBUG", default=default) is default

    @pytest.mark.parametrize("value", ["2", "ja", "-"])
    def test_anything_else_is_an_error(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=rf"^DEBUG is '{value}'\. Set it to 1 or 0"):
            env(DEBUG=value).flag("DEBUG", default=False)


class TestNumber:
    def test_reads_and_defaults(self) -> None:
        assert (env(DAYS="90").number("DAYS", 0), env().number("DAYS", 30)) == (90, 30)

    @pytest.mark.parametrize("value", ["ninety", "1.5", "1e3"])
    def test_anything_but_a_whole_number_is_an_error(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="Set it to a whole number"):
            env(DAYS=value).number("DAYS", 0)

    def test_one_below_the_least_is_an_error(self) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"DAYS is -1\. Set it to 0 or more"):
            env(DAYS="-1").number("DAYS", 0)


class TestWords:
    @pytest.mark.parametrize(
        ("value", "words"), [("a,b", ["a", "b"]), (" a , ,b, ", ["a", "b"]), ("", ["x"]), (",", ["x"])]
    )
    def test_reads_a_list(self, value: str, words: list[str]) -> None:
        assert env(HOSTS=value).words("HOSTS", ("x",)) == words


class TestPath:
    def test_is_absolute_and_knows_home(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert env(DATA="~/data").path("DATA", Path("/x")) == tmp_path / "data"
        assert env(DATA="data").path("DATA", Path("/x")).is_absolute()
        assert env().path("DATA", Path("/x")) == Path("/x")


class TestUrl:
    def test_reads_and_defaults(self) -> None:
        assert env(DB="postgres://h/d").url("DB", DATABASES, "postgresql://x") == "postgres://h/d"
        assert env().url("DB", DATABASES, "postgresql://x") == "postgresql://x"

    @pytest.mark.parametrize("value", ["mysql://h/d", "postgresql", "//h/d", "postgresql:h"])
    def test_another_scheme_is_an_error_that_keeps_the_secret(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured) as refused:
            env(DB=value).url("DB", DATABASES, "postgresql://x")
        assert str(refused.value) == "DB must begin with postgresql:// or postgres://."


def test_the_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    reader: Callable[[str], str] = Environment().text
    monkeypatch.setenv("DUIXIAN_TEST_VALUE", "here")
    assert reader("DUIXIAN_TEST_VALUE") == "here"
