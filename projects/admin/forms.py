"""Formsets of the desk."""

from typing import TYPE_CHECKING, Any

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    _FormSet = BaseInlineFormSet[Any, Any, Any]
else:
    _FormSet = BaseInlineFormSet


class DeskInlineFormSet(_FormSet):
    """Says of a row that is told twice what to do about it."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        """Return the message for fields that must be unique together."""
        model: Any = self.model
        names = "、".join(str(model._meta.get_field(name).verbose_name) for name in unique_check)
        return _("“%s”重复了。请修改已有的那一行。") % names
