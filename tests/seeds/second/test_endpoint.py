"""Questions over HTTP: time, size and tries are bounded, and the key goes to one address."""

from collections.abc import Iterator

import pytest

from backend.local.process import free_port
from seeds.second import endpoint
from seeds.second.endpoint import EndpointError, Reply
from seeds.second.prompts import Prompt, guideline, prompts
from tests.seeds.second.server import Model, serving, statements, words

TEXT = "2030年政府工作报告\n\n二、2030年重点工作\n\n新建学校3所。"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_PAUSE", 0.01)
    monkeypatch.setattr(endpoint, "_LONGEST_PAUSE", 0.05)


@pytest.fixture
def prompt() -> Prompt:
    return prompts(TEXT, year=2030)[0]


@pytest.fixture
def model() -> Iterator[Model]:
    with serving(lambda _: statements()) as found:
        yield found


def test_a_question_and_its_answer(model: Model, prompt: Prompt) -> None:
    model.usage = {"total_tokens": 321}
    assert model.endpoint().ask(prompt) == Reply('{"statements": []}', 321)
    (asked,) = model.asked
    assert (asked["model"], asked["temperature"]) == ("small", 0)
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert asked["messages"][0]["content"] == guideline()
    assert words(asked["messages"][1]["content"]) == "新建学校3所。"
    assert model.keys == ["Bearer secret"]


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": -1}, {"total_tokens": "9"}, {"total_tokens": 10**9}, []])
def test_a_cost_that_is_not_told_is_estimated(model: Model, prompt: Prompt, usage: object) -> None:
    model.usage = usage
    assert model.endpoint().ask(prompt).tokens == len(prompt.text) + len('{"statements": []}')


def test_without_a_key_none_is_sent(model: Model, prompt: Prompt) -> None:
    model.endpoint(key="").ask(prompt)
    assert model.keys == [None]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again(model: Model, prompt: Prompt, status: int) -> None:
    model.behaviour = lambda _: statements() if len(model.asked) == 3 else (status, {"Retry-After": "0"}, b"later")
    assert model.endpoint().ask(prompt).text == statements()
    assert len(model.asked) == 3


@pytest.mark.parametrize("told", ["3600", "soon", "-1", "9" * 30])
def test_no_server_makes_it_wait_long(model: Model, prompt: Prompt, told: str) -> None:
    model.behaviour = lambda _: statements() if len(model.asked) == 2 else (503, {"Retry-After": told}, b"")
    assert model.endpoint().ask(prompt).text == statements()


def test_a_lasting_failure_ends(model: Model, prompt: Prompt) -> None:
    model.behaviour = lambda _: (500, {}, b"")
    with pytest.raises(EndpointError, match="HTTP 500, 3 times"):
        model.endpoint().ask(prompt)
    assert len(model.asked) == 3


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404])
def test_a_refusal_is_not_tried_again_and_no_redirect_followed(model: Model, prompt: Prompt, status: int) -> None:
    model.behaviour = lambda _: (status, {"Location": f"{model.url}/elsewhere"}, b"")
    with pytest.raises(EndpointError, match=f"HTTP {status}") as failure:
        model.endpoint().ask(prompt)
    assert len(model.asked) == 1
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_is_no_completion_is_tried_again(model: Model, prompt: Prompt, body: bytes) -> None:
    model.behaviour = lambda _: statements() if len(model.asked) == 2 else (200, {}, body)
    assert model.endpoint().ask(prompt).text == statements()


def test_a_server_that_is_silent_or_drips_is_left(model: Model, prompt: Prompt) -> None:
    model.drip = 0.1
    model.behaviour = lambda _: "很" * 500
    with pytest.raises(EndpointError, match="too slow, 3 times"):
        model.endpoint(seconds=0.3).ask(prompt)
    model.drip = 0.5
    with pytest.raises(EndpointError, match="ReadTimeoutError, 3 times"):
        model.endpoint(seconds=0.1).ask(prompt)


def test_an_answer_without_end_is_left(model: Model, prompt: Prompt) -> None:
    model.behaviour = lambda _: (200, {}, b" " * 1_100_000)
    with pytest.raises(EndpointError, match="more than 1000000 bytes"):
        model.endpoint().ask(prompt)
    assert len(model.asked) == 1


def test_nobody_there(prompt: Prompt) -> None:
    closed = endpoint.Endpoint(f"http://127.0.0.1:{free_port()}/v1", "small", seconds=1)
    with pytest.raises(EndpointError, match="NewConnectionError, 3 times"):
        closed.ask(prompt)


def test_nul_is_no_character_that_the_database_keeps(model: Model, prompt: Prompt) -> None:
    model.behaviour = lambda _: "\0"
    assert model.endpoint().ask(prompt).text == "\ufffd"
