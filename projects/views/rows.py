"""What a list of commitments shows of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.models import Commitment
from projects.views.due_state import Standing, standing


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment and where it stands on the page's day."""

    commitment: Commitment
    standing: Standing


def commitment_rows(commitments: Iterable[Commitment], on: date) -> list[CommitmentRow]:
    return [CommitmentRow(commitment, standing(commitment, on)) for commitment in commitments]
