"""The second reader's answers in the database: each question is asked once, within the day's budget."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from projects.models import Report, SecondAnswer
from seeds.second.answers import is_json
from seeds.second.endpoint import Endpoint, EndpointError, Reply
from seeds.second.prompts import Prompt, prompts

logger = logging.getLogger(__name__)

# Well below the time limit of tasks: the last question may take its time. What is left is asked by another task.
_LONGEST_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions were answered just now, how many are left, and whether it is of use to go on at once."""

    answered: int
    left: int
    at_once: bool = False


def is_on() -> bool:
    return bool(settings.SECOND_READER_URL)


def _endpoint() -> Endpoint:
    return Endpoint(
        settings.SECOND_READER_URL,
        settings.SECOND_READER_MODEL,
        settings.SECOND_READER_KEY,
        settings.SECOND_READER_SECONDS,
    )


def answer_of(report: Report) -> Callable[[Prompt], str | None]:
    """Return a function that gives the kept answer to a question about the report."""
    kept = _kept(prompts(report.text, year=report.year))
    return lambda prompt: kept.get(prompt.sha256)


def _kept(asked: list[Prompt]) -> dict[str, str]:
    answers = SecondAnswer.objects.filter(
        model=settings.SECOND_READER_MODEL, sha256__in=[prompt.sha256 for prompt in asked]
    )
    return dict(answers.values_list("sha256", "answer"))


def ask_on(report: Report) -> Asked:
    """Ask what has no answer yet, until the day's budget is spent, the address fails or the time is over.

    Every answer is kept as it comes, so that whoever goes on after a killed worker asks nothing twice.
    """
    endpoint, deadline = _endpoint(), time.monotonic() + _LONGEST_SECONDS
    asked = prompts(report.text, year=report.year)
    kept = _kept(asked)
    left = list({prompt.sha256: prompt for prompt in asked if prompt.sha256 not in kept}.values())
    answered = 0
    for prompt in left:
        if time.monotonic() > deadline:
            return Asked(answered, len(left) - answered, at_once=True)
        if spent_today() + len(prompt.text) > settings.SECOND_READER_DAILY_TOKENS:
            logger.warning("the second reader's budget of the day is spent (SECOND_READER_DAILY_TOKENS)")
            break
        try:
            reply = _asked(endpoint, prompt)
        except SoftTimeLimitExceeded:
            return Asked(answered, len(left) - answered, at_once=True)
        except EndpointError as error:
            logger.warning("the second reader did not answer: %s", error)
            break
        SecondAnswer.objects.bulk_create(
            [SecondAnswer(sha256=prompt.sha256, model=endpoint.model, answer=reply.text, tokens=reply.tokens)],
            ignore_conflicts=True,
        )
        answered += 1
    return Asked(answered, len(left) - answered)


def _asked(endpoint: Endpoint, prompt: Prompt) -> Reply:
    """Ask once more where the answer has no form; the second one is kept whatever it is."""
    reply = endpoint.ask(prompt)
    if is_json(reply.text):
        return reply
    again = endpoint.ask(prompt)
    return Reply(again.text, reply.tokens + again.tokens)


def spent_today() -> int:
    """Return the tokens of the answers since midnight in China."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return SecondAnswer.objects.filter(created_at__gte=midnight).aggregate(sum=Sum("tokens"))["sum"] or 0
