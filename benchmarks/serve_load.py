"""How `checker serve` behaves under load.

    python benchmarks/serve_load.py [--clients 50] [--seconds 120] [--workers N]

Starts the server on the loopback interface and lets every client send article pairs of
corpora/ one after the other, waiting as told after 429 and 503. Prints how many were answered
and how (202: taken as a job after 30 seconds), the time of one request alone and under load
(p50, p95), and the memory of server and workers (each shared page counted once) after warming
up and at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {200, 202, 429, 503}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    pairs = article_pairs()
    process, url = serve(options.workers)
    try:
        report_alone(url, process.pid)
        load(url, pairs, options.clients, options.seconds / 4)
        warm = memory(process.pid)
        statuses, times = load(url, pairs, options.clients, options.seconds * 3 / 4)
        report_load(statuses, times, options.seconds * 3 / 4)
        print(f"memory: {warm:.0f} MB warm, {memory(process.pid):.0f} MB at the end")
    finally:
        process.terminate()
        process.wait()
    sys.exit(0 if set(statuses) <= ALLOWED else 1)


def article_pairs() -> list[dict[str, dict[str, str]]]:
    """Every French-German pair of corpora/ as the body of a request."""
    found = []
    for french in sorted((ROOT / "corpora").glob("*/*.fr.txt")):
        german = french.with_name(french.name.replace(".fr.", ".de."))
        if german.is_file():
            found.append(body(french.read_text("utf-8"), german.read_text("utf-8")))
    return found


def body(french: str, german: str) -> dict[str, dict[str, str]]:
    """A request about two texts."""
    return {
        "source": {"text": french, "language": "fr"},
        "target": {"text": german, "language": "de"},
    }


def serve(workers: int) -> tuple[subprocess.Popen[bytes], str]:
    """The server and its address, once it is ready."""
    with tempfile.NamedTemporaryFile("wb", suffix=".log", delete=False) as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "checker", "serve", "--port", "0", "--workers", str(workers),
             "--per-client", "100"],
            stderr=log, cwd=ROOT,
        )  # fmt: skip
    while process.poll() is None:
        found = re.search(r"^http://\S+$", Path(log.name).read_text("utf-8"), re.MULTILINE)
        if found:
            httpx.get(f"{found.group()}/readyz", timeout=120).raise_for_status()
            return process, found.group()
        time.sleep(0.1)
    raise SystemExit(Path(log.name).read_text("utf-8"))


def report_alone(url: str, process: int, rounds: int = 9) -> None:
    """The time of one pair of about 800 words, nothing else going on, a new one each time."""
    pairs = long_pairs(2 * rounds)
    words = statistics.median(len(pair["source"]["text"].split()) for pair in pairs)
    print(f"alone, {words:.0f} French words a pair:")
    for fast, some in ((True, pairs[::2]), (False, pairs[1::2])):
        times = []
        before = processor_seconds(process)
        for pair in some:
            start = time.perf_counter()
            httpx.post(f"{url}/v1/diff", json={**pair, "fast": fast}, timeout=60).raise_for_status()
            times.append(time.perf_counter() - start)
        used = (processor_seconds(process) - before) / len(some)
        print(
            f"  {'without' if fast else 'with'} the contextual detector: median "
            f"{statistics.median(times):.2f} s, {used:.2f} s of processor time"
        )


def long_pairs(count: int, words: int = 800) -> list[dict[str, dict[str, str]]]:
    """Articles of corpora/ one after the other until they have so many words, time and again."""
    pairs = []
    french = german = ""
    for pair in article_pairs():
        french += pair["source"]["text"] + "\n"
        german += pair["target"]["text"] + "\n"
        if len(french.split()) >= words:
            pairs.append(body(french, german))
            french = german = ""
    return pairs[:count]


def processor_seconds(process: int) -> float:
    """Processor time that a process and all its descendants have used so far."""
    ticks = 0
    for one in (process, *descendants(process)):
        fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(
    url: str, pairs: list[dict[str, dict[str, str]]], clients: int, seconds: float
) -> tuple[Counter[int], list[float]]:
    """Statuses and times of answered requests of so many clients at a time."""
    statuses: Counter[int] = Counter()
    times: list[float] = []
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        with httpx.Client(base_url=url, timeout=120) as opened:
            turn = number
            while time.monotonic() < end:
                start = time.perf_counter()
                answer = opened.post("/v1/diff", json=pairs[turn % len(pairs)])
                turn += 7
                with lock:
                    statuses[answer.status_code] += 1
                    if answer.status_code == 200:
                        times.append(time.perf_counter() - start)
                time.sleep(float(answer.headers.get("retry-after", 0)))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, times


def report_load(statuses: Counter[int], times: list[float], seconds: float) -> None:
    """Prints what became of the requests."""
    shares = statistics.quantiles(times, n=20)
    print(f"answers by status: {dict(sorted(statuses.items()))}")
    print(
        f"{len(times) / seconds:.1f} pairs a second, p50 {statistics.median(times):.2f} s, "
        f"p95 {shares[-1]:.2f} s"
    )


def memory(process: int) -> float:
    """MB of a process and all its descendants, each shared page counted once."""
    return (own(process) + sum(own(child) for child in descendants(process))) / 1024


def own(process: int) -> int:
    """Proportional share of memory in KB."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    return int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0])


def descendants(process: int) -> list[int]:
    """Ids of the children of a process, and of theirs."""
    texts = [p.read_text("utf-8") for p in Path(f"/proc/{process}/task").glob("*/children")]
    children = [int(word) for text in texts for word in text.split()]
    return children + [d for child in children for d in descendants(child)]


if __name__ == "__main__":
    main()
