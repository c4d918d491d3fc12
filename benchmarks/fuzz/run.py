"""Fuzzes the targets of tests/fuzz, guided by coverage where atheris is installed.

    pip install atheris                                  # CPython 3.11; without it plain mutation
    python benchmarks/fuzz/run.py --runs 100000          # every target, one after the other
    python benchmarks/fuzz/run.py --runs 100000 policy terms-tbx

An input may take 5 seconds and the process 1 GB. What fails is written to tests/fuzz/found, where
the tests run it from then on; new inputs that reach new code are kept in benchmarks/fuzz/corpus.
"""

from __future__ import annotations

import argparse
import base64
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
CORPUS, FOUND = Path(__file__).parent / "corpus", ROOT / "tests" / "fuzz" / "found"
SECONDS, MEGABYTES, LONGEST, KEPT = 5, 1024, 700, 40


def main() -> int:
    """Fuzzes each target in a process of its own and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--plain", action="store_true", help="Mutation without atheris.")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return fuzz(asked.one, asked.runs, asked.plain)
    from fuzz.targets import TARGETS

    print("| target | inputs | seconds | memory | outcome |\n|---|---|---|---|---|")
    failed = 0
    for name in asked.targets or TARGETS:
        command = [sys.executable, __file__, "--one", name, "--runs", str(asked.runs)]
        command += ["--plain"] if asked.plain else []
        begun = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        taken = time.monotonic() - begun
        peak = max((int(n) for n in re.findall(r"rss: (\d+)Mb", said)), default=0)
        count = max((int(n) for n in re.findall(r"#(\d+)\s", said)), default=0)
        outcome = "nothing" if done.returncode == 0 else _failure(said)
        failed += done.returncode != 0
        print(f"| {name} | {count} | {taken:.0f} | {peak} MB | {outcome} |", flush=True)
    return 1 if failed else 0


def fuzz(name: str, runs: int, plain: bool) -> int:
    """One target in this process."""
    if not plain:
        try:
            import atheris
        except ImportError:
            plain = True
    if plain:
        from fuzz.targets import TARGETS

        return mutate(name, TARGETS[name], runs)
    with atheris.instrument_imports(include=["checker"]):
        from fuzz.targets import TARGETS
    TARGETS[name](b"")
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(_beginning(name)):
            (Path(folder) / f"{number}").write_bytes(data)
        options = [f"-runs={runs}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}",
                   f"-max_len={LONGEST}", f"-artifact_prefix={folder}/found-",
                   "-print_final_stats=1", "-verbosity=1"]  # fmt: skip
        atheris.Setup([name, *options, folder], _guarded(name, TARGETS[name], folder, runs))
        atheris.Fuzz()
    return 0


def _guarded(name, target, folder, runs):
    """The target; what fails is kept before the process ends, and the corpus at the end."""
    count = 0

    def run(data: bytes) -> None:
        nonlocal count
        count += 1
        try:
            target(data)
        except BaseException:
            _keep(FOUND / f"{name}.txt", [data])
            raise
        if count == runs:
            grown = [p.read_bytes() for p in Path(folder).iterdir() if "found-" not in p.name]
            _keep(CORPUS / f"{name}.txt", sorted(grown, key=lambda d: (len(d), d))[:KEPT])

    return run


def mutate(name, target, runs: int) -> int:
    """Plain mutation with a seed, for pythons that atheris does not support."""
    draw, pool = random.Random(1), _beginning(name)
    signal.signal(signal.SIGALRM, _too_slow)
    for number in range(runs):
        data = bytearray(draw.choice(pool)[:LONGEST])
        for _ in range(draw.randint(1, 5)):
            at = draw.randint(0, len(data))
            other = draw.choice(pool)
            cut = draw.randint(0, len(other))
            pieces = (bytes([draw.randrange(256)]), other[cut : cut + draw.randint(1, 30)], b"")
            data[at : at + draw.randint(0, 8)] = draw.choice(pieces)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            target(bytes(data))
        except BaseException:
            _keep(FOUND / f"{name}.txt", [bytes(data)])
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if number % 1000 == 999 or number == runs - 1:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"#{number + 1} rss: {peak}Mb")
            assert peak < MEGABYTES, "too much memory"
    return 0


def _beginning(name: str) -> list[bytes]:
    from fuzz.seeds import seeds

    kept = CORPUS / f"{name}.txt"
    lines = kept.read_text("ascii").split() if kept.exists() else []
    return [*seeds(name), *map(base64.b64decode, lines)]


def _keep(path: Path, inputs: list[bytes]) -> None:
    path.parent.mkdir(exist_ok=True)
    old = path.read_text("ascii").split() if path.exists() else []
    new = [base64.b64encode(data).decode() for data in inputs if len(data) <= LONGEST]
    path.write_text("".join(f"{line}\n" for line in dict.fromkeys([*old, *new])), "ascii")


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"over {SECONDS} seconds")


def _failure(said: str) -> str:
    """The last line of the traceback, or what the fuzzer says of time and memory."""
    lines = [x for x in said.splitlines() if re.match(r"\w*(Error|Exception|ERROR)|==\d+== ", x)]
    return lines[0][:150] if lines else said[-150:].replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
