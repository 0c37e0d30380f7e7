"""The years of a promise: what the later reports make of it, how it was made again, and the same by year of a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

from projects import answers
from projects.choices import Answer
from projects.models import Commitment, Evidence, LinkProposal, ReportPair, Restatement


@dataclass(frozen=True, slots=True)
class Step:
    """One time that a promise was made, the links by which it took up earlier ones, and the results reported since."""

    commitment: Commitment
    answer: Answer | None
    restates: Sequence[Restatement]
    results: Sequence[Evidence]

    @property
    def is_silent(self) -> bool:
        """Whether the later reports that somebody has gone through do not mention it."""
        return self.answer == Answer.SILENT


@dataclass(frozen=True, slots=True)
class Chain:
    """All the times that a promise was made, the first one first, and by how many years it was put off."""

    steps: Sequence[Step]
    years_slipped: int

    def links_of(self, commitment: Commitment) -> list[Restatement]:
        """Return the links by which a promise takes up earlier ones, and is taken up by later ones."""
        links = [link for step in self.steps for link in step.restates]
        return [link for link in links if commitment.pk in (link.earlier_id, link.later_id)]


def chain_of(commitment: Commitment, on: date) -> Chain:
    """Return the chain that a promise stands in; three queries."""
    day = Value(on)
    rows: Any = answers.chained(Value(commitment.pk), day).select_related("jurisdiction")
    rows = rows.annotate(answer=answers.answer(day), slipped=answers.years_slipped(day)).order_by("year", "start")
    promises = list(rows)
    keys = [row.pk for row in promises]
    links = Restatement.objects.published().filter(later__in=keys, earlier__in=keys)
    links = links.select_related("earlier", "later").order_by("earlier__year", "later__year", "pk")
    results = Evidence.objects.published().filter(commitment__in=keys, achievement__isnull=False)
    results = results.select_related("achievement").order_by("as_of", "pk")
    steps = [
        Step(
            row,
            Answer(row.answer) if row.answer else None,
            [link for link in links if link.later_id == row.pk],
            [result for result in results if result.commitment_id == row.pk],
        )
        for row in promises
    ]
    return Chain(steps, max((row.slipped for row in promises), default=0))


def answer_sentence(commitment: Commitment, chain: Chain) -> str:
    """Say what the later reports that somebody has gone through make of a promise; empty where nothing can be said."""
    own = next(step for step in chain.steps if step.commitment == commitment)
    if own.answer is None:
        return ""
    years, words = _ANSWERED[own.answer](own, chain)
    return str(words) % {"years": _("、").join(map(str, sorted(set(years))))}


def _reported(own: Step, _chain: Chain) -> tuple[list[int], str]:
    years = [row.achievement.year for row in own.results if row.achievement is not None]
    return years, _("%(years)s 年的报告报告了结果。")


def _promised_again(own: Step, chain: Chain) -> tuple[list[int], str]:
    later = [step for step in chain.steps if any(link.earlier_id == own.commitment.pk for link in step.restates)]
    mentioned = LinkProposal.objects.mentioned().filter(earlier=own.commitment)
    years = [*(step.commitment.year for step in later), *mentioned.values_list("pair__later__year", flat=True)]
    return years, _("%(years)s 年的报告没有报告结果，又再次承诺。")


def _silent(own: Step, _chain: Chain) -> tuple[list[int], str]:
    pairs = ReportPair.objects.published().filter(earlier=own.commitment.report_id)
    years = list(pairs.values_list("later__year", flat=True))
    return years, _("%(years)s 年的报告没有再提到它。没有提到，不等于没有做到。")


_ANSWERED = {Answer.REPORTED: _reported, Answer.PROMISED_AGAIN: _promised_again, Answer.SILENT: _silent}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The promises of one year's report by what the later reports make of them."""

    year: int
    total: int
    counts: dict[str, int]

    @property
    def cells(self) -> list[tuple[Answer, int]]:
        """How many there are of each answer."""
        return [(answer, self.counts.get(answer, 0)) for answer in Answer]


def answers_by_year(commitments: "QuerySet[Commitment]", on: date) -> list[AnswerRow]:
    """Count promises by year and answer, the newest year first; years that nobody has gone through are left out."""
    cells: Any = commitments.order_by().values("year", answer=answers.answer(Value(on))).annotate(n=Count("pk"))
    years: dict[int, dict[str, int]] = {}
    for cell in cells:
        years.setdefault(cell["year"], {})[cell["answer"] or ""] = cell["n"]
    return [
        AnswerRow(year, sum(counts.values()), counts)
        for year, counts in sorted(years.items(), reverse=True)
        if counts.keys() - {""}
    ]
