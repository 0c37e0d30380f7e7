"""From a government's name in a report's title to its row."""

from django.db.models import F, Value
from django.db.models.functions import Length

from projects.models import Jurisdiction


def find_jurisdiction(place: str) -> Jurisdiction | None:
    """Return the government that a place such as 重庆市渝北区 names; None when none or several fit.

    The longest registered name at the end of the place counts; of several with that name, the one whose superior is
    named before it.
    """
    named = Jurisdiction.objects.alias(place=Value(place)).filter(place__endswith=F("name"))
    found = list(named.annotate(length=Length("name")).order_by("-length").select_related("parent"))
    longest = [one for one in found if len(one.name) == len(found[0].name)]
    if len(longest) > 1:
        longest = [one for one in longest if one.parent and one.parent.name in place.removesuffix(one.name)]
    return longest[0] if len(longest) == 1 else None
