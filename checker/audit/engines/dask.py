"""A Dask cluster: many machines, the same results. Extra ``cluster``.

Every worker needs the checker installed and sees the documents under the same paths. A
worker that dies is replaced by its nanny; its pair is tried again on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from checker.audit.engines import Engine, Resources
from checker.audit.work import Job, Result, work
from checker.errors import SettingsError

_IN_FLIGHT = 4  # jobs a worker thread: enough to keep it busy, few enough to bound memory
_DEATHS = 3  # workers one pair may take with it before it is given up


def run(jobs: Iterable[Job], resources: Resources) -> Iterator[Result]:
    """Results as they come from the cluster at ``resources.scheduler``.

    Raises SettingsError when no cluster answers there or the extra is not installed.
    """
    client = _connect(resources.scheduler)
    try:
        yield from _results(client, iter(jobs))
    finally:
        client.close()


def _results(client: Any, jobs: Iterator[Job]) -> Iterator[Result]:
    from distributed import KilledWorker, as_completed

    def submit(job: Job) -> Any:
        future = client.submit(work, job, pure=False, retries=_DEATHS)
        flying[future] = job
        return future

    flying: dict[Any, Job] = {}
    threads = max(1, sum(client.nthreads().values()))
    finished = as_completed([submit(job) for job in islice(jobs, threads * _IN_FLIGHT)])
    for future in finished:
        job = flying.pop(future)
        try:
            yield future.result()
        except KilledWorker:
            reason = f"it ended {_DEATHS} workers, out of memory perhaps: split the document."
            yield Result(job.number, job.pair.name, "failed", reason, 0, 0.0, b"")
        for following in islice(jobs, 1):
            finished.add(submit(following))


def _connect(scheduler: str) -> Any:
    if not scheduler:
        raise SettingsError("--engine dask needs --scheduler ADDRESS, such as tcp://host:8786.")
    try:
        from distributed import Client
    except ImportError:
        raise SettingsError(
            "The engine dask needs its packages: "
            "run `pip install 'translation-consistency-checker[cluster]'`."
        ) from None
    try:
        return Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise SettingsError(
            "No Dask scheduler answers at {scheduler}: {error}.", scheduler=scheduler, error=error
        ) from None


ENGINE = Engine("dask", "a Dask cluster, by the address of its scheduler", run)
