"""What commitments, and achievements, can be narrowed by, and in which orders they come."""

from datetime import date, timedelta

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from projects import derived
from projects.choices import DelayReason, DueBasis, DueState, Light, OverdueBasis, ResponsibilityRole, Status
from projects.filters.fields import CodeField, CodesField, DayField, FlagField, WholeField
from projects.filters.keys import department_field
from projects.filters.statements import Rows, StatementFilters, year_field
from projects.filters.strict import Parameter
from projects.models import Achievement, Commitment, Responsibility
from projects.querysets import due_state_q, overdue_q


class CommitmentFilters(StatementFilters):
    """The parameters of every list, count, feed and export of commitments."""

    due_year = Parameter(year_field(), _("到期年份"), example="2025", column="due_on", keep="due_in_year")
    due_after = Parameter(DayField(), _("在此日或以后到期"), example="2025-01-01", column="due_on", lookup_expr="gte")
    due_before = Parameter(DayField(), _("在此日或以前到期"), example="2025-12-31", column="due_on", lookup_expr="lte")
    due_basis = Parameter(CodeField(choices=DueBasis.choices), _("到期日依据"), example="stated", column="due_basis")
    status = Parameter(
        CodesField(choices=Status.choices),
        _("状态；可给多个"),
        example="completed",
        column="status",
        lookup_expr="in",
    )
    due_state = Parameter(
        CodesField(choices=DueState.choices),
        _("在 as_of 之日（默认今天）的兑现状态；可给多个"),
        example="not_kept",
        keep="in_due_states",
    )
    overdue = Parameter(FlagField(), _("在 as_of 之日（默认今天）是否逾期"), example="true", keep="being_overdue")
    overdue_basis = Parameter(
        CodeField(choices=OverdueBasis.choices),
        _("逾期的依据：evidence 为有到期日或以后的证据，none 为没有，尚待核实"),
        example="evidence",
        keep="overdue_by",
    )
    days_overdue_min = Parameter(
        WholeField(min_value=1, max_value=36_500),
        _("逾期，且到期日已过至少这么多天"),
        example="365",
        keep="overdue_for",
    )
    light = Parameter(
        CodesField(choices=Light.choices), _("序时进度的灯色；可给多个"), example="red", keep="under_light"
    )
    delay_reason = Parameter(
        CodesField(choices=DelayReason.choices),
        _("延误原因；可给多个"),
        example="land",
        column="delay_reason",
        keep="delayed_by",
    )
    department = Parameter(department_field(), _("责任部门的编号"), example="1", keep="of_department")
    role = Parameter(
        CodeField(choices=ResponsibilityRole.choices),
        _("部门的角色；须与 department 同用"),
        example="lead",
        keep="unchanged",
    )

    needs = {**StatementFilters.needs, "role": "department"}
    ranges = (*StatementFilters.ranges, ("due_after", "due_before"))

    tallied = frozenset(
        {
            "category",
            "core_livelihood",
            "year",
            "year_min",
            "year_max",
            "status",
            "due_state",
            "overdue",
            "overdue_basis",
            "days_overdue_min",
            "due_year",
            "due_after",
            "due_before",
            "due_basis",
        }
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def due_in_year(self, rows: Rows, year: int) -> Rows:
        """Keep what is due in the year."""
        return rows.filter(due_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def being_overdue(self, rows: Rows, value: bool) -> Rows:
        """Keep what is overdue on the day, or what is not."""
        return rows.filter(overdue_q(self.on) if value else ~overdue_q(self.on))

    def in_due_states(self, rows: Rows, states: list[str]) -> Rows:
        """Keep what has one of the states on the day."""
        wanted = Q()
        for state in states:
            wanted |= due_state_q(DueState(state), self.on)
        return rows.filter(wanted)

    def overdue_by(self, rows: Rows, basis: str) -> Rows:
        """Keep what is overdue on the day by evidence, or with nothing on file."""
        return rows.filter(overdue_q(self.on, basis=basis))

    def overdue_for(self, rows: Rows, days: int) -> Rows:
        """Keep what is overdue and so many days past its due date."""
        return rows.filter(overdue_q(self.on), due_on__lte=self.on - timedelta(days=days))

    def delayed_by(self, rows: Rows, reasons: list[str]) -> Rows:
        """Keep what is delayed for one of the reasons; an index holds those that have any."""
        has_reason = RawSQL(f"NOT \"{rows.model._meta.db_table}\".delay_reason = ''", [], BooleanField())
        return rows.filter(has_reason, delay_reason__in=reasons)

    def under_light(self, rows: Rows, lights: list[str]) -> Rows:
        """Keep commitments whose light is one of these."""
        shown = RawSQL(derived.light(f'"{rows.model._meta.db_table}"'), [])
        kept: Rows = rows.alias(_light=shown).filter(_light__in=lights)
        return kept

    def of_department(self, rows: Rows, number: int) -> Rows:
        """Keep what a department has to deliver, in the given role or any."""
        parts = Responsibility.objects.filter(department=number)
        role = self.cleaned.get("role")
        return rows.filter(pk__in=(parts.filter(role=role) if role else parts).values("commitment"))


class AchievementFilters(StatementFilters):
    """The parameters of every list of achievements."""

    period_after = Parameter(
        DayField(), _("所报期末不早于"), example="2024-01-01", column="period_end", lookup_expr="gte"
    )
    period_before = Parameter(
        DayField(), _("所报期末不晚于"), example="2024-12-31", column="period_end", lookup_expr="lte"
    )

    ranges = (*StatementFilters.ranges, ("period_after", "period_before"))

    class Meta:
        model = Achievement
        fields: list[str] = []
