"""A second reader: what a language model finds in a report, checked against its words and set beside the rules."""

from seeds.second.merging import Merged, merged, second_read
from seeds.second.prompts import Prompt, prompts

__all__ = ["Merged", "Prompt", "merged", "prompts", "second_read"]
