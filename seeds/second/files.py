"""Answers in a folder: ``SHA256.json`` beside the question's ``SHA256.txt``."""

from pathlib import Path

from seeds.second.prompts import Prompt


class Answers:
    """Gives the answer to a question, if the folder has it."""

    def __init__(self, folder: Path) -> None:
        """Look for the files at once; raises OSError without the folder."""
        self._found = {path.stem: path for path in folder.iterdir() if path.suffix == ".json"}

    def __call__(self, prompt: Prompt) -> str | None:
        path = self._found.get(prompt.sha256)
        # What is no UTF-8 has no form that was asked for.
        return path.read_bytes().decode("utf-8", errors="replace") if path else None
