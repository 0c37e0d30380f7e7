"""What a later report says of the promises of an earlier one of its place; pure Python, no Django, no database."""

from seeds.match.change import Derived
from seeds.match.names import Aliases
from seeds.match.pairing import ACCEPT, PROPOSE, Candidate, Reason, candidates
from seeds.match.proposals import Proposal, derived, proposals
from seeds.match.silence import HEARD, Answer, answers
from seeds.match.subject import Subject, SubjectError, year_of

__all__ = [
    "ACCEPT",
    "HEARD",
    "PROPOSE",
    "Aliases",
    "Answer",
    "Candidate",
    "Derived",
    "Proposal",
    "Reason",
    "Subject",
    "SubjectError",
    "answers",
    "candidates",
    "derived",
    "proposals",
    "year_of",
]
