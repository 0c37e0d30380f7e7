"""What a report promises, when it is due, and what is known of it."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets, rules
from projects.choices import (
    OPEN_OUTCOMES,
    Comparator,
    DelayReason,
    DueBasis,
    DueState,
    Light,
    Outcome,
    OverdueBasis,
    Precision,
    Status,
    Verification,
)
from projects.models.agreement import Transition, refuse, transition_problems
from projects.models.base import FIRST_DAY, LAST_DAY, one_of, touched, trackers
from projects.models.change_sql import note_answers
from projects.models.history import StatusChange
from projects.models.outcome_sql import CARRY_GROUND, CommitmentOutcome
from projects.models.search import search_triggers
from projects.models.statement import CURATORS_ONLY, Statement, is_public_column, statement_triggers
from projects.models.statement_sql import CLEAR_OVERDUE_FLAG, CLEAR_OVERDUE_WHEN
from projects.models.tally import tally_triggers

# Columns that follow from others and that no history needs: the database computes them.
COMPUTED = (
    "is_public",
    "status_evidence_state",
    "status_as_of",
    "happened_on",
    "happened_precision",
    "outcome",
    "reported_bound",
    "overdue_basis",
)
if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from projects.models.evidence import Evidence

# What a recorded status changes.
RECORDED = (
    *("status", "status_evidence", "status_since", "status_as_of", "happened_on", "happened_precision", "outcome"),
    *("overdue_since", "overdue_basis", "delay_reason", "delay_note"),
)
# Columns that follow from others: a change of these alone is neither history nor an update.
COPIED = ("overdue_since", "reported_value", "reported_on")
# Columns that decide whether the rows that hang on a commitment are public, or that these show of it.
IN_ONE_LINE = (
    *("is_public", "jurisdiction_id", "year", "title", "title_en"),
    *("due_on", "due_basis", "status", "outcome"),
)


@pghistory.track(*trackers(unless_only=COPIED), exclude=list(COMPUTED))
class Commitment(Statement):
    """One promise in a report, when it is due and what is known of it.

    ``overdue_since`` is the sweep's record for history and notices; reads compute overdue from the date.
    ``reported_value``, ``reported_on`` and ``reported_bound`` copy the newest comparable figure of accepted evidence,
    ``status_as_of`` and ``happened_on`` with its precision the evidence that the status rests on, ``delay_reason`` and
    ``delay_note`` the last transition. ``outcome`` is the due state less the calendar.
    """

    due_on = models.DateField(_("到期日"))
    due_basis = models.CharField(_("到期日依据"), max_length=10, choices=DueBasis)
    status = models.CharField(_("状态"), max_length=20, choices=Status, default=Status.NOT_ASSESSED, editable=False)
    status_evidence = models.ForeignKey(
        "projects.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        # The key of migration 0002 asks for more: evidence of this commitment that is accepted.
        db_constraint=False,
        editable=False,
        verbose_name=_("状态依据"),
    )
    # With the row's id it points at evidence of this very commitment that is accepted, see migration 0002.
    status_evidence_state = models.GeneratedField(
        expression=models.Case(
            models.When(~models.Q(status=Status.NOT_ASSESSED), then=models.Value(Verification.ACCEPTED.value)),
            output_field=models.CharField(max_length=10),
        ),
        output_field=models.CharField(max_length=10, null=True),
        db_persist=True,
    )
    status_since = models.DateField(_("状态生效日"), null=True, blank=True, editable=False)
    status_as_of = models.DateField(_("依据截至"), null=True, blank=True, editable=False)
    happened_on = models.DateField(_("发生日期"), null=True, blank=True, editable=False)
    happened_precision = models.CharField(
        _("发生日期的精度"), max_length=10, choices=Precision, blank=True, editable=False, db_default=""
    )
    outcome = models.GeneratedField(
        expression=CommitmentOutcome(
            "milestone", "status", "status_as_of", "happened_on", "happened_precision", "due_on"
        ),
        output_field=models.CharField(_("证据所示"), max_length=12, choices=Outcome),
        db_persist=True,
        verbose_name=_("证据所示"),
    )
    delay_reason = models.CharField(_("延误原因"), max_length=20, choices=DelayReason, blank=True, editable=False)
    delay_note = models.TextField(_("延误说明"), blank=True, editable=False)
    overdue_since = models.DateField(_("逾期起算日"), null=True, blank=True, editable=False)
    overdue_basis = models.CharField(
        _("逾期依据"), max_length=10, choices=OverdueBasis, blank=True, editable=False, db_default=""
    )
    last_verified_on = models.DateField(_("最近核实日期"), null=True, blank=True)
    reported_value = models.DecimalField(
        _("最新报告值"), max_digits=20, decimal_places=4, null=True, blank=True, editable=False
    )
    reported_on = models.DateField(_("报告值截至"), null=True, blank=True, editable=False)
    reported_bound = models.CharField(
        _("报告值的界限"), max_length=10, choices=Comparator, blank=True, editable=False, db_default=""
    )
    is_public = is_public_column()

    objects = querysets.CommitmentQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("承诺")
        verbose_name_plural = pgettext_lazy("plural", "承诺")
        constraints = [
            *Statement.Meta.constraints,
            one_of("due_basis", DueBasis, "commitment_due_basis_is_known"),
            one_of("status", Status, "commitment_status_is_known"),
            # A slip of the pen, which would also be beyond the days that programs can count to.
            models.CheckConstraint(
                condition=models.Q(due_on__range=(FIRST_DAY, LAST_DAY)), name="commitment_due_on_is_plausible"
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.NOT_ASSESSED, status_evidence__isnull=True, status_since__isnull=True)
                | ~models.Q(status=Status.NOT_ASSESSED)
                & models.Q(status_evidence__isnull=False, status_since__isnull=False),
                name="commitment_status_has_evidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["category", "year", "-id"], name="list_by_category_year", condition=models.Q(is_public=True)
            ),
            models.Index(
                fields=["year", "category", "status", "-id"],
                name="list_by_year_category_status",
                condition=models.Q(is_public=True),
            ),
            models.Index(fields=["status", "-id"], name="list_by_status", condition=models.Q(is_public=True)),
            models.Index(fields=["year", "id"], name="list_by_year", condition=models.Q(is_public=True)),
            models.Index(fields=["jurisdiction", "id"], name="list_by_place", condition=models.Q(is_public=True)),
            models.Index(fields=["due_on", "id"], name="list_by_due_date", condition=models.Q(is_public=True)),
            models.Index(
                fields=["due_on", "id"],
                name="list_open_by_due_date",
                condition=models.Q(is_public=True, outcome__in=sorted(OPEN_OUTCOMES)),
            ),
            models.Index(
                fields=["year", "due_on", "id"],
                name="list_open_by_year_due_date",
                condition=models.Q(is_public=True, outcome__in=sorted(OPEN_OUTCOMES)),
            ),
            models.Index(
                fields=["unit", "id"], name="list_by_unit", condition=models.Q(is_public=True, unit__isnull=False)
            ),
            models.Index(
                fields=["unit", "quantity", "id"],
                name="list_by_unit_and_quantity",
                condition=models.Q(is_public=True, unit__isnull=False),
            ),
            models.Index(
                fields=["delay_reason", "id"],
                name="list_by_delay_reason",
                condition=models.Q(is_public=True) & ~models.Q(delay_reason=""),
            ),
            models.Index(fields=["updated_at", "id"], name="list_by_update", condition=models.Q(is_public=True)),
            models.Index(
                fields=["id"],
                name="list_with_reported_value",
                condition=models.Q(is_public=True, reported_value__isnull=False),
            ),
            models.Index(
                fields=["due_basis", "due_on"],
                name="overdue_and_due_soon",
                condition=models.Q(is_public=True, outcome__in=sorted(OPEN_OUTCOMES)),
            ),
            models.Index(
                fields=["project", "year", "start"],
                name="commitments_of_project",
                condition=models.Q(project__isnull=False),
            ),
            models.Index(
                fields=["status_evidence"],
                name="status_resting_on_evidence",
                condition=models.Q(status_evidence__isnull=False),
            ),
            # A sweep without news reads nothing: due rows that have the flag already are not in the first.
            models.Index(
                fields=["due_basis", "due_on"],
                name="sweep_to_flag",
                condition=models.Q(is_public=True, outcome__in=sorted(OPEN_OUTCOMES), overdue_since__isnull=True),
            ),
            models.Index(
                fields=["due_basis", "due_on"], name="sweep_flagged", condition=models.Q(overdue_since__isnull=False)
            ),
        ]
        triggers = [
            *statement_triggers("commitments", spreads=IN_ONE_LINE),
            *tally_triggers(),
            *search_triggers("projects_commitmentwords"),
            *touched(unless_only=(*COMPUTED, *COPIED, *CURATORS_ONLY)),
            CARRY_GROUND,
            note_answers(
                "answers_by_promises_made_again",
                pgtrigger.Update,
                "SELECT earlier_id FROM projects_restatement WHERE later_id = NEW.id",
                condition=pgtrigger.Condition("OLD.is_public IS DISTINCT FROM NEW.is_public"),
            ),
            pgtrigger.Trigger(
                name="clear_overdue_flag",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=CLEAR_OVERDUE_WHEN,
                func=CLEAR_OVERDUE_FLAG,
            ),
        ]

    def clean(self) -> None:
        """Refuse a due date before the year in which the promise was made."""
        super().clean()
        # A field that could not be read is not set.
        due_on: date | None = self.__dict__.get("due_on")
        if self.report_id and due_on is not None and due_on.year < self.report.year:
            raise ValidationError({"due_on": _("到期日早于报告年度。请改正到期日。")})

    def due_state(self, on: date) -> DueState:
        """Return what became of the commitment by its date, as seen on a day."""
        return rules.due_state(self.outcome, self.due_on, self.due_basis, on=on, grace=querysets.grace())

    def is_overdue(self, on: date) -> bool:
        return self.overdue_on(on) is not None

    def overdue_on(self, on: date) -> OverdueBasis | None:
        """Return what the commitment is overdue by on a day, None when it is not."""
        return rules.overdue_basis(self.outcome, self.due_on, self.due_basis, on=on, grace=querysets.grace())

    @property
    def days_late(self) -> int | None:
        """By how many days the commitment was kept late; None when in time, not kept, or when the day is not known."""
        return rules.days_late(self.outcome, self.due_on, self.happened_on, self.happened_precision)

    @property
    def light(self) -> Light:
        """The traffic light 序时进度 at the newest reported value."""
        return rules.light(
            self.milestone,
            self.outcome,
            self.quantity,
            self.comparator,
            self.reported_value,
            self.reported_bound or Comparator.EQ,
            starts_on=date(self.year, 1, 1),
            due_on=self.due_on,
            reported_on=self.reported_on,
            official=settings.LIGHT_OFFICIAL_RULE,
        )

    @transaction.atomic
    def record_status(
        self,
        status: str,
        *,
        evidence: "Evidence | None",
        effective_on: date,
        actor: "User | None" = None,
        reason_code: str = "",
        note: str = "",
        note_en: str = "",
    ) -> StatusChange | None:
        """Give the commitment a status that rests on accepted evidence, and write the transition down.

        Another ground of the same status is a transition too. Returns None when status, evidence, day and reason are
        as they stand. Raises ValidationError when the status does not agree with its ground; see ``agreement``.
        """
        current = Commitment.objects.select_for_update(of=("self",)).select_related("report").get(pk=self.pk)
        since = None if status == Status.NOT_ASSESSED else effective_on
        wanted = (status, evidence and evidence.pk, since, reason_code or current.delay_reason)
        if wanted == (current.status, current.status_evidence_id, current.status_since, current.delay_reason):
            return None
        refuse(transition_problems(current, Transition(status, evidence, effective_on, reason_code, note)))
        Commitment.objects.filter(pk=self.pk).update(status=status, status_evidence=evidence, status_since=since)
        change = StatusChange.objects.create(
            commitment=current,
            from_status=current.status,
            to_status=status,
            effective_on=effective_on,
            evidence=evidence,
            actor=actor,
            reason_code=reason_code,
            note=note,
            note_en=note_en,
        )
        self.refresh_from_db(fields=RECORDED)
        return change
