"""``python -m seeds.compile`` makes the reader of reports machine code, where there is a C compiler.

Nothing depends on it: without a build, or after a change of its source, the reader runs as plain Python.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from seeds.extract.compiled import folder, sources

_ROOT = Path(__file__).resolve().parent.parent
_FAILED = (
    "error: The reader was not compiled, and goes on as plain Python. mypyc needs a C compiler and Python's headers:"
)
# Of all that mypyc and the compiler print, the last lines tell the cause.
_TOLD = 6


def build(into: Path) -> str:
    """Compile the reader into a folder that does not exist yet; what went wrong, or nothing."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix="building-") as name:
        copy = Path(name) / "copy"
        shutil.copytree(
            _ROOT / "seeds" / "extract", copy / "seeds" / "extract", ignore=shutil.ignore_patterns("__pycache__")
        )
        (copy / "seeds" / "__init__.py").touch()
        shutil.copy(_ROOT / "seeds" / "radicals.py", copy / "seeds")
        files = [str(path.relative_to(_ROOT)) for path in sources()]
        made = subprocess.run(
            [sys.executable, "-m", "mypyc", "--config-file=", *files],
            cwd=copy,
            env={**os.environ, "MYPY_CACHE_DIR": str(copy / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            return "\n".join((made.stdout + made.stderr).splitlines()[-_TOLD:])
        built = Path(name) / "built"
        for library in copy.glob("*.so"), copy.glob("seeds/extract/*.so"):
            for path in library:
                target = built / path.relative_to(copy)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, target)
        # In one step, so that nobody loads half a build.
        built.rename(into)
    return ""


def main() -> int:
    """Build unless there is a build of the present source; older ones go."""
    into = folder()
    if not into.is_dir():
        print("Compiling the reader of reports, about half a minute …", flush=True)
        if problem := build(into):
            print(f"{_FAILED}\n{problem}", file=sys.stderr)
            return 1
    for other in into.parent.iterdir():
        if other != into:
            shutil.rmtree(other)
    print(f"The reader of reports is compiled: {into.relative_to(_ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
