"""Which achievements can speak of a commitment, and how the evidence form offers them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.urls import reverse

from projects.models import Achievement, Commitment
from projects.models.agreement import relatives

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField


def claims_for(commitment: Commitment) -> QuerySet[Achievement]:
    """Return the public achievements of later reports of the same place, its predecessors' or successors'."""
    own = commitment.jurisdiction_id
    places = {own, *relatives(own)}
    return Achievement.objects.published().filter(jurisdiction__in=places, year__gt=commitment.year)


class AchievementField(_ModelChoiceField):
    """An achievement, named with its place and year."""

    def label_from_instance(self, obj: Any) -> str:
        """Return year, place and title."""
        return _label(obj)


class AchievementSelect(AutocompleteSelect):
    """Finds achievements that can speak of one commitment."""

    def __init__(self, field: Any, admin_site: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(field, admin_site, **options)
        self.commitment = commitment.pk

    def get_url(self) -> str:
        """Return where they are looked up."""
        return f"{reverse('admin:projects_evidence_achievements')}?commitment={self.commitment}"


class AchievementsView(AutocompleteJsonView):
    """Answers what is typed into the picker."""

    def get_queryset(self) -> QuerySet[Any]:
        """Keep those that can speak of the commitment and do not yet."""
        number = number_in(self.request.GET, "commitment")
        commitment = None if number is None else Commitment.objects.filter(pk=number).first()
        found: QuerySet[Any] = super().get_queryset()
        if commitment is None:
            return found.none()
        used = commitment.evidence.filter(achievement__isnull=False).values("achievement")
        return found.filter(pk__in=claims_for(commitment).values("pk")).exclude(pk__in=used)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Return the number and the label of one."""
        return {"id": str(getattr(obj, to_field_name)), "text": _label(obj)}


def _label(achievement: Achievement) -> str:
    return f"{achievement.year} {achievement.jurisdiction}：{achievement.title}"


def number_in(values: Any, name: str) -> int | None:
    """Return the number of a row that an address names, None if it names none."""
    text = values.get(name, "")
    # What is longer is no number of a row.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
