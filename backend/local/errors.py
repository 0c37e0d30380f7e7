"""The one error that the launcher shows as a single line."""


class LauncherError(Exception):
    """Something the person at the keyboard can mend; the message says what and how, in one line."""
