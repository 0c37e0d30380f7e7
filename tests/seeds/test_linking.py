"""The reports of one government compared: what is proposed, what stays decided, what a killed worker leaves."""

import math
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from projects.choices import LinkRelation, ReportState, ReviewState, Verification
from projects.models import Achievement, Commitment, LinkProposal, Report, ReportPair
from seeds import linking, tasks
from tests import factories
from tests.seeds.workers import database_url, kill, running_worker, wait_until
from tests.seeds.years import PLACE, ingested


def linked() -> dict[int, Report]:
    reports = ingested()
    assert linking.link_waiting(PLACE) == 3
    return reports


def found(relation: str = "", **years: int) -> set[tuple[str, str]]:
    rows = LinkProposal.objects.filter(**{f"pair__{side}__year": year for side, year in years.items()})
    if relation:
        rows = rows.filter(relation=relation)
    return set(rows.values_list("earlier__quote", "quote"))


def one(earlier: str, later: str) -> LinkProposal:
    return LinkProposal.objects.get(earlier__quote__contains=earlier, quote__contains=later, pair__later__year=2024)


def versions() -> int:
    counted: int = apps.get_model("projects", "LinkProposalEvent").objects.count()
    return counted


def everything() -> list[tuple[object, ...]]:
    return sorted(LinkProposal.objects.values_list("earlier", "pair", "start", "end", "relation", "score", "verdict"))


@pytest.mark.django_db
class TestLinkWaiting:
    def test_proposes_answers_restatements_and_mentions_of_every_pair_of_years(self) -> None:
        linked()
        answers = found(LinkRelation.ANSWER, earlier=2023, later=2024)
        assert {("新建中小学6所", "新建中小学6所"), ("改造老旧小区15个", "改造老旧小区12个")} <= answers
        assert ("建成清河大桥", "建成清河大桥") in found(LinkRelation.RESTATEMENT, earlier=2023, later=2024)
        assert any("清河大桥" in quote for _, quote in found(LinkRelation.ANSWER, earlier=2023, later=2025))
        mention = LinkProposal.objects.get(earlier__quote__contains="医联体", pair__later__year=2024)
        assert mention.statement is None
        assert mention.mention is not None
        assert mention.pair.later.text[mention.start : mention.end] == mention.quote
        assert not LinkProposal.objects.filter(earlier__quote__contains="云岭隧道").exists()

    def test_says_why_and_what_follows(self) -> None:
        linked()
        partly, again = one("老旧小区", "老旧小区"), one("清河大桥", "清河大桥")
        assert (partly.verdict, partly.basis, partly.change) == ("partial", "figure", "")
        assert (again.verdict, again.change) == ("", "redated")
        logit = sum(reason["points"] for reason in partly.reasons)
        assert partly.score == pytest.approx(1 / (1 + math.exp(-logit)), abs=0.001)
        assert all(reason["words"] and reason["words_en"] for reason in partly.reasons)
        assert one("中小学", "中小学6所").is_sure

    def test_a_second_time_changes_nothing(self) -> None:
        linked()
        before = everything()
        written = versions()
        assert linking.link_waiting(PLACE) == 0
        assert linking.wait_for_all(PLACE) == 3
        assert linking.link_waiting(PLACE) == 3
        assert everything() == before
        assert versions() == written

    def test_a_report_that_comes_later_is_compared_with_all_that_are_there(self) -> None:
        ingested(2025, 2023)
        assert linking.link_waiting(PLACE) == 1
        assert ReportPair.objects.filter(linked_at__isnull=False).count() == 1

    def test_a_withdrawn_report_is_left_out(self) -> None:
        ingested(2023, 2024)
        Report.objects.filter(year=2024).update(state=ReportState.WITHDRAWN)
        linking.link_waiting(PLACE)
        assert not LinkProposal.objects.exists()

    def test_other_governments_are_left_alone(self) -> None:
        ingested()
        assert linking.link_waiting("500112") == 0
        assert not LinkProposal.objects.exists()


@pytest.mark.django_db
class TestDecided:
    def again(self) -> None:
        linking.wait_for_all(PLACE)
        linking.link_waiting(PLACE)

    def refound(self, row: Achievement) -> Achievement:
        """Withdraw a statement and find it anew, one character longer, as another reading may."""
        values: dict[str, Any] = {"title": row.title, "category": row.category, "milestone": row.milestone}
        values |= {"quantity": row.quantity, "unit": row.unit, "comparator": row.comparator}
        values |= {"period_end": row.period_end}
        Achievement.objects.filter(pk=row.pk).update(review_state=ReviewState.WITHDRAWN)
        quote = row.report.text[row.start : row.end + 1]
        return Achievement.objects.create(report=row.report, start=row.start, end=row.end + 1, quote=quote, **values)

    def test_a_rejected_pair_stays_away_when_its_statement_is_found_anew(self) -> None:
        linked()
        row = one("老旧小区", "老旧小区")
        LinkProposal.objects.filter(pk=row.pk).update(review_state=Verification.REJECTED)
        assert row.achievement is not None
        self.refound(row.achievement)
        self.again()
        rows = LinkProposal.objects.filter(earlier=row.earlier, pair=row.pair)
        assert list(rows.values_list("pk", "review_state")) == [(row.pk, Verification.REJECTED)]

    def test_what_waits_follows_the_statement_that_is_found_anew(self) -> None:
        linked()
        row = one("老旧小区", "老旧小区")
        assert row.achievement is not None
        new = self.refound(row.achievement)
        self.again()
        rows = LinkProposal.objects.filter(earlier=row.earlier, pair=row.pair)
        assert list(rows.values_list("achievement", "end")) == [(new.pk, new.end)]

    def test_what_people_linked_by_hand_is_not_proposed(self) -> None:
        linked()
        row = one("老旧小区", "老旧小区")
        factories.EvidenceFactory.create(
            commitment=row.earlier, achievement=row.achievement, source=None, review_state=Verification.REJECTED
        )
        again = one("清河大桥", "清河大桥")
        factories.RestatementFactory.create(earlier=again.earlier, later=again.later)
        self.again()
        assert not LinkProposal.objects.filter(pk__in=[row.pk, again.pk]).exists()
        # The promise may be answered elsewhere all the same.
        assert LinkProposal.objects.filter(earlier=again.earlier, pair__later__year=2025).exists()

    def test_what_is_no_longer_found_is_taken_back_unless_it_is_decided(self) -> None:
        linked()
        waiting, decided = one("老旧小区", "老旧小区"), one("中小学", "中小学6所")
        LinkProposal.objects.filter(pk=decided.pk).update(review_state=Verification.ACCEPTED)
        Commitment.objects.filter(pk__in=[waiting.earlier_id, decided.earlier_id]).update(
            review_state=ReviewState.REJECTED
        )
        self.again()
        assert not LinkProposal.objects.filter(pk=waiting.pk).exists()
        assert LinkProposal.objects.filter(pk=decided.pk).exists()


@pytest.mark.django_db
class TestTasks:
    def test_some_pairs_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ingested()
        monkeypatch.setattr(linking, "BATCH", 2)
        sent: list[str] = []
        monkeypatch.setattr(tasks.link_reports, "delay", sent.append)
        assert (tasks.link_reports(PLACE), sent) == (2, [PLACE])
        assert (tasks.link_reports(PLACE), sent) == (1, [PLACE])

    def test_what_was_lost_is_handed_over_again_what_is_new_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ingested()
        sent: list[str] = []
        monkeypatch.setattr(tasks.link_reports, "delay", sent.append)
        assert tasks.resume_linking() == 0
        with_age = ReportPair.objects.all()
        with_age.update(updated_at=Now() - 2 * linking.PATIENCE)
        assert (tasks.resume_linking(), sent) == (1, [PLACE])


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_over_a_pair_leaves_it_to_the_next_one(broker_url: str, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    ingested()
    with psycopg.connect(database_url()) as other:
        other.execute("LOCK TABLE projects_linkproposal IN SHARE ROW EXCLUSIVE MODE")
        with running_worker(broker_url, log) as worker:
            tasks.link_reports.delay(PLACE)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'projects_linkproposal'::regclass"
            wait_until(lambda: other.execute(waits).fetchone() == (1,), log)
            kill(worker)
    assert not LinkProposal.objects.exists()
    assert ReportPair.objects.filter(linked_at__isnull=True).count() == 3
    ReportPair.objects.update(updated_at=Now() - 2 * linking.PATIENCE)
    with running_worker(broker_url, log):
        tasks.resume_linking.delay()
        wait_until(lambda: not ReportPair.objects.filter(linked_at__isnull=True).exists(), log)
    after = everything()
    linking.wait_for_all(PLACE)
    linking.link_waiting(PLACE)
    assert everything() == after != []


@pytest.mark.django_db
class TestLinkCommand:
    def test_tells_of_each_pair(self) -> None:
        ingested()
        out = StringIO()
        call_command("link", PLACE, stdout=out)
        lines = out.getvalue().splitlines()
        assert [line.split("：")[0] for line in lines] == ["2023 → 2024", "2023 → 2025", "2024 → 2025"]
        assert LinkProposal.objects.count() > 0

    def test_names_what_is_wrong(self) -> None:
        with pytest.raises(CommandError, match=r"PLACE.*999999"):
            call_command("link", "999999")
        ingested(2023)
        with pytest.raises(CommandError, match=r"PLACE.*只有一份报告"):
            call_command("link", PLACE)
