"""Governments, what became of them, their departments, and what these are to deliver."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy as _

from projects import acceptance
from projects.admin.base_admin import (
    BaseAdmin,
    BaseAdminForm,
    BaseAdminInlineFormSet,
    LinesField,
    ModelAdmin,
    ReadOnlyInline,
)
from projects.admin.list_filters import OwnProvinceFilter, ProvinceFilter
from projects.admin.review_actions import ReviewAction, Rows, as_admin_actions
from projects.corrections import EMPTY_VALUE
from projects.models import Department, Jurisdiction, Responsibility, Succession

if TYPE_CHECKING:
    _StackedInline = admin.StackedInline[Any, Any]
else:
    _StackedInline = admin.StackedInline


class SuccessionInline(_StackedInline):
    """Who took over from this government, and what."""

    model = Succession
    form = BaseAdminForm
    formset = BaseAdminInlineFormSet
    fk_name = "predecessor"
    fields = ("successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source")
    autocomplete_fields = ("successor", "source")
    can_delete = False
    extra = 0
    verbose_name_plural = _("由谁承接")


class PredecessorInline(ReadOnlyInline):
    """From whom this government took over."""

    model = Succession
    fk_name = "successor"
    fields = ("predecessor", "on", "scope", "source")
    verbose_name_plural = _("承接自")


@admin.register(Jurisdiction)
class JurisdictionAdmin(BaseAdmin):
    list_display = ("code", "name", "name_en", "level", "parent", "valid_from", "valid_until")
    list_filter = ("level", OwnProvinceFilter)
    list_select_related = ("parent",)
    search_fields = ("^code", "name", "name_en", "^pinyin")
    autocomplete_fields = ("parent",)
    fields = ("code", "name", "name_en", "level", "parent", ("valid_from", "valid_until"))
    inlines = (SuccessionInline, PredecessorInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A code stays: addresses and statements refer to it.
        return ("code",) if obj else ()


class DepartmentForm(BaseAdminForm):
    """Refuses a name or alias by which papers call another department of the same government."""

    aliases = LinesField(
        forms.CharField(max_length=80),
        label=_("别名"),
        required=False,
        help_text=_("文件里对它的其他叫法，每行一个，例如：区教委。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        government = cleaned.get("jurisdiction")
        place = government.pk if government else self.instance.jurisdiction_id
        for field, names in (("name", [cleaned.get("name", "")]), ("aliases", cleaned.get("aliases") or [])):
            if other := acceptance.named_twice(place, names, besides=self.instance.pk):
                self.add_error(
                    field,
                    gettext("部门“%(name)s”（编号 %(id)s）已有这个名称或别名。请改正，或把两个部门合并。")
                    % {"name": other, "id": other.pk},
                )
        return cleaned


def _pair(rows: Rows) -> tuple[Department, Department]:
    """Return the department that goes and the one that stays: what has more to deliver, else the older."""
    found: Any = rows.annotate(parts=Count("responsibilities")).order_by("parts", "-pk")
    if len(found) != 2:
        raise ValidationError(gettext("请选两个部门：一个并入另一个。"))
    return found[0], found[1]


def _merge(rows: Rows, request: HttpRequest) -> int:
    goes, stays = _pair(rows)
    acceptance.merge(goes, stays)
    return 1


def _merge_effects(rows: Rows) -> list[str]:
    try:
        goes, stays = _pair(rows)
    except ValidationError as error:
        return list(error.messages)
    names = {"goes": goes, "stays": stays, "parts": goes.responsibilities.count()}
    return [
        gettext("“%(goes)s”并入“%(stays)s”：%(parts)d 条承诺的责任转到后者，两边都有的以牵头为准。") % names,
        gettext("“%(goes)s”和它的别名成为“%(stays)s”的别名；它的页面转到后者，记录和历史保留。") % names,
    ]


DEPARTMENT_ACTIONS = (
    ReviewAction(
        "merge",
        _("把两个部门合并"),
        _("已合并 %(count)d 个部门。"),
        _merge,
        _merge_effects,
        lambda row: row.merged_into is None,
    ),
)


class _MergedFilter(admin.SimpleListFilter):
    title = _("是否已并入别的部门")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("1", _("已并入"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.filter(merged_into__isnull=self.value() != "1")


@admin.register(Department)
class DepartmentAdmin(BaseAdmin):
    """Departments are merged in twos: the one that stays is the one with more to deliver, or else the older."""

    form = DepartmentForm
    actions = as_admin_actions(DEPARTMENT_ACTIONS)
    list_display = ("name", "name_en", "aliases_display", "jurisdiction", "merged_into")
    list_filter = (ProvinceFilter, _MergedFilter)
    list_select_related = ("jurisdiction", "merged_into")
    search_fields = ("name", "name_en", "aliases", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    readonly_fields = ("merged_into",)
    fields = ("jurisdiction", "name", "name_en", "aliases", "merged_into")

    @admin.display(description=_("别名"))
    def aliases_display(self, row: Department) -> str:
        return "、".join(row.aliases) or EMPTY_VALUE


class _PredecessorFilter(ProvinceFilter):
    lookup = "predecessor__code"


@admin.register(Succession)
class SuccessionAdmin(BaseAdmin):
    list_display = ("predecessor", "successor", "successor_name", "on", "scope", "source")
    list_filter = (_PredecessorFilter,)
    list_select_related = ("predecessor", "successor", "source")
    search_fields = ("predecessor__name", "successor__name", "successor_name", "scope")
    autocomplete_fields = ("predecessor", "successor", "source")
    fields = (
        "predecessor", "successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source",
    )  # fmt: skip


class _DepartmentProvinceFilter(ProvinceFilter):
    lookup = "department__jurisdiction__code"


@admin.register(Responsibility)
class ResponsibilityAdmin(BaseAdmin):
    list_display = ("commitment", "department", "role")
    list_filter = ("role", _DepartmentProvinceFilter)
    list_select_related = ("commitment", "department")
    search_fields = ("commitment__title", "department__name")
    autocomplete_fields = ("commitment", "department")
    fields = ("commitment", "department", "role")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        # A link that is wrong goes; its versions tell that it was there, and who took it back.
        return ModelAdmin.has_delete_permission(self, request, obj)
