"""What a later report says of the promises of an earlier one; pure Python, no Django, no database."""

from seeds.match.names import Aliases
from seeds.match.pairing import ACCEPT, PROPOSE, Candidate, Reason, candidates
from seeds.match.subject import Subject, SubjectError, year_of

__all__ = ["ACCEPT", "PROPOSE", "Aliases", "Candidate", "Reason", "Subject", "SubjectError", "candidates", "year_of"]
