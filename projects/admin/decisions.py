"""Addresses at which one object is decided on, by the same steps as many on a list."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from projects.admin.actions import Step, decide
from projects.admin.base import DeskAdmin

if TYPE_CHECKING:
    _Base = DeskAdmin
else:
    _Base = object


class DecisionsMixin(_Base):
    """Adds a page for each of ``steps``; the change form offers those that ``open_steps`` returns."""

    steps: tuple[Step, ...] = ()

    def open_steps(self, row: Any) -> list[Step]:
        """Return the decisions that can be taken on a row as it stands."""
        raise NotImplementedError  # each kind of row tells its own

    def get_urls(self) -> list[URLPattern]:
        """Add an address for each decision."""
        own = [
            path(
                f"<path:object_id>/{step.name}/",
                self.admin_site.admin_view(self.step_view),
                {"step": step},
                name=f"projects_{self.opts.model_name}_{step.name}",
            )
            for step in self.steps
        ]
        return [*own, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, step: Step) -> HttpResponse:
        """Ask about, or carry out, one decision on one row."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        asked = decide(self, request, self.model._default_manager.filter(pk=row.pk), step)
        return asked or HttpResponseRedirect(reverse(f"admin:projects_{self.opts.model_name}_change", args=[row.pk]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer the decisions that the row's state allows."""
        row = context.get("original")
        if row is not None and self.has_change_permission(request, row):
            links = [(step, f"admin:projects_{self.opts.model_name}_{step.name}") for step in self.open_steps(row)]
            context["steps"] = [(step.label, reverse(name, args=[row.pk])) for step, name in links]
        return super().render_change_form(request, context, *args, **kwargs)
