"""The cores of this machine: one process each, one model each, few pairs in flight."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from checker.audit.engines import Engine, Resources
from checker.audit.work import Job, Result, work

_IN_FLIGHT = 4  # jobs a process: enough to keep it busy, few enough to bound memory


def run(jobs: Iterable[Job], resources: Resources) -> Iterator[Result]:
    """Results as they come. A process that dies costs its pair at most, never the audit."""
    if resources.jobs == 1:
        yield from map(work, jobs)
        return
    left = iter(jobs)
    for first in left:
        suspects = yield from _until_broken(chain([first], left), resources.jobs)
        yield from map(_alone, suspects)


def _until_broken(jobs: Iterator[Job], processes: int) -> Generator[Result, None, list[Job]]:
    """Runs jobs until none is left or a process dies; returns the jobs then in flight."""
    with _pool(processes) as pool:
        flying = {pool.submit(work, job): job for job in islice(jobs, processes * _IN_FLIGHT)}
        while flying:
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda f: flying[f].number):
                if isinstance(future.exception(), BrokenProcessPool):
                    return list(flying.values())
                del flying[future]
                yield future.result()
                flying.update({pool.submit(work, job): job for job in islice(jobs, 1)})
    return []


def _alone(job: Job) -> Result:
    """A job that was in flight when a process died, tried again in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            reason = "its process died, out of memory perhaps: split the document."
            return Result(job.number, job.pair.name, "failed", reason, 0, 0.0, b"")


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Leaves Ctrl-C to the parent, which stops cleanly."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


ENGINE = Engine("local", "the cores of this machine", run)
