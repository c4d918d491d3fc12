"""Builds the release and tries it as a user would: alone, outside the checkout.

    python scripts/release.py                    # with every supported Python that is found
    python scripts/release.py python3.12         # with this one

Makes dist/*.tar.gz and, from that, dist/*.whl; installs the wheel into a fresh environment, without
anything else, compares two files with it, and looks for every file of the package in both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PAIR = {
    "fr": "Le musée a accueilli 120 visiteurs lundi.\nIl rouvrira mardi matin.\n",
    "de": "Das Museum empfing am Montag 210 Besucher.\nEs öffnet am Dienstagmorgen wieder.\n",
}
VERSIONS = ("3.11", "3.12", "3.13")
NOT_SHIPPED = (".git/", "shared/")


def main() -> int:
    """Builds, looks inside, installs and runs; ends with an error where anything lacks."""
    pythons = sys.argv[1:] or supported()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source, wheel = built(work)
        complete(source, wheel)
        for number, python in enumerate(pythons):
            print(tried(python, wheel, work / f"try-{number}"))
    return 0


def supported() -> list[str]:
    """One Python of each supported version, on the path or where pyenv keeps them."""
    ask = "import sys; print(sys.executable)"
    found = []
    for version in VERSIONS:
        kept = Path.home().glob(f".pyenv/versions/{version}.*/bin/python")
        for python in (f"python{version}", *map(str, kept)):
            with suppress(OSError, subprocess.CalledProcessError):
                done = subprocess.run(
                    [python, "-c", ask], check=True, capture_output=True, text=True
                )
                found.append(done.stdout.strip())
                break
        else:
            print(f"Python {version}: not found, not tried")
    return found


def built(work: Path) -> tuple[Path, Path]:
    """The source archive, and the wheel built from it."""
    venv.create(work / "build", with_pip=True)
    run(work / "build/bin/python", "-m", "pip", "install", "--quiet", "build>=1,<2")
    for old in DIST.glob("*"):
        old.unlink()
    run(work / "build/bin/python", "-m", "build", "--outdir", DIST, ROOT)
    (source,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    return source, wheel


def complete(source: Path, wheel: Path) -> None:
    """Fails unless the archive holds every tracked file and the wheel the whole package."""
    listed = run("git", "-C", ROOT, "ls-files").split("\n")
    tracked = {name for name in listed if name and not name.startswith(NOT_SHIPPED)}
    with tarfile.open(source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    lacking = sorted(tracked - inside)
    assert not lacking, f"{source.name} lacks {lacking[:9]}"
    with zipfile.ZipFile(wheel) as zipped:
        packed = set(zipped.namelist())
    lacking = sorted(name for name in tracked if name.startswith("checker/") and name not in packed)
    assert not lacking, f"{wheel.name} lacks {lacking[:9]}"
    print(f"{source.name}: {source.stat().st_size >> 10} KB, {len(inside)} files")
    print(f"{wheel.name}: {wheel.stat().st_size >> 10} KB, {len(packed)} files")


def tried(python: str, wheel: Path, folder: Path) -> str:
    """Installs the wheel alone and compares two files; what it printed."""
    run(python, "-m", "venv", folder)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", wheel)
    for language, text in PAIR.items():
        (folder / f"a.{language}.txt").write_text(text, encoding="utf-8")
    checker = folder / "bin" / "checker"
    version = run(checker, "--version", cwd=folder)
    found = run(checker, "diff", "a.fr.txt", "a.de.txt", cwd=folder, codes=(1,))
    assert "number-mismatch" in found, found
    run(checker, "diff", "a.fr.txt", "a.de.txt", "--output", "a.html", cwd=folder, codes=(1,))
    for listing in ("checks", "languages", "formats", "models"):
        run(checker, listing, cwd=folder)
    assert (folder / "share/man/man1/checker.1").exists()
    return f"installed alone and run: {' '.join(version.split())}"


def run(*command: object, cwd: Path | None = None, codes: tuple[int, ...] = (0,)) -> str:
    """Output of a command that must end with one of these codes; English, away from here."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd or "/", env={**kept, "LANGUAGE": "en"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in codes, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
