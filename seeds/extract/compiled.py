"""Where a compiled reader lies: the same source, made into machine code by mypyc (``make compile``).

A build's folder is named after a digest of the source and of the Python it was made for, so that a build of other
source is never loaded: after a change of a rule the reader is plain Python again until the next build.
"""

import hashlib
import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
BUILDS = _ROOT / ".compiled"
# What decides between plain and compiled cannot itself be compiled.
_PLAIN = frozenset(("__init__.py", Path(__file__).name))


def sources() -> list[Path]:
    """The files that are compiled."""
    return sorted(path for path in _HERE.glob("*.py") if path.name not in _PLAIN)


def folder() -> Path:
    """Where the build of the present source lies, if there is one."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=12)
    for path in sorted(path for kind in ("*.py", "*.tsv", "*.txt") for path in _HERE.rglob(kind)):
        digest.update(f"\0{path.relative_to(_HERE)}\0".encode() + path.read_bytes())
    return BUILDS / digest.hexdigest()


def _prefer(built: Path) -> bool:
    """Let the package load its modules from the build, if there is one."""
    if not built.is_dir():
        return False
    sys.modules[__package__].__path__.insert(0, str(built / _HERE.relative_to(_ROOT)))
    # The modules share one library, which stands beside their topmost package.
    sys.path.append(str(built))
    return True


# Whether the reader runs compiled; READER=plain in the environment leaves a build out. The package imports this module
# before all others.
COMPILED = os.environ.get("READER") != "plain" and BUILDS.is_dir() and _prefer(folder())
