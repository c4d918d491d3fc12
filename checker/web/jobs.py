"""Hands tasks to worker processes within limits and keeps their answers for a while."""

from __future__ import annotations

import asyncio
import multiprocessing
import secrets
import signal
from collections import Counter, OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from time import monotonic

from checker.web.config import Config
from checker.web.work import Answer, Task, run, warm

_GRACE = 5.0  # seconds a task may overrun its limit before its worker counts as hung


class BusyError(Exception):
    """No place left: for this client (429) or for anyone (503). ``wait`` is in seconds."""

    def __init__(self, status: int, wait: int) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait


@dataclass(eq=False, slots=True)
class Job:
    """A task on its way; ``answer`` once it is done."""

    id: str
    task: Task
    client: str
    future: asyncio.Future[Answer]
    since: float

    @property
    def answer(self) -> Answer | None:
        done = self.future.done() and not self.future.cancelled()
        return self.future.result() if done else None


class Jobs:
    """A bounded pool of processes and the jobs given to it. Belongs to one event loop."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._pool = _new_pool(config.workers)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._running: Counter[str] = Counter()

    async def start(self) -> None:
        """Waits until every worker has its model."""
        loop = asyncio.get_running_loop()
        count = self._config.workers
        await asyncio.gather(
            *(loop.run_in_executor(self._pool, warm, self._config.model) for _ in range(count))
        )

    def stop(self) -> None:
        """Finishes what runs, takes nothing new."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def waiting(self) -> int:
        """Jobs given to the pool and not done."""
        return self._running.total()

    def submit(self, task: Task, client: str) -> Job:
        """Gives a task to the pool. Raises BusyError when client or pool has enough to do."""
        self._forget()
        if self._running[client] >= self._config.per_client:
            raise BusyError(429, 2)
        if self.waiting >= self._config.workers + self._config.queue:
            raise BusyError(503, 5)
        future = asyncio.ensure_future(self._run(task, client))
        job = Job(secrets.token_urlsafe(16), task, client, future, monotonic())
        self._jobs[job.id] = job
        return job

    def get(self, job_id: str) -> Job | None:
        """The job of that id; None when there is none, or no longer."""
        self._forget()
        return self._jobs.get(job_id)

    def cancel(self, job_id: str) -> bool:
        """Forgets a job, and stops it when it has not begun."""
        job = self._jobs.pop(job_id, None)
        if job is not None:
            job.future.cancel()
        return job is not None

    async def _run(self, task: Task, client: str) -> Answer:
        self._running[client] += 1
        try:
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(self._pool, run, task)
            return await asyncio.wait_for(work, self._limit(task))
        except BrokenProcessPool:
            self._pool = _new_pool(self._config.workers)
            return Answer(500, error="The worker died, out of memory perhaps: send shorter texts.")
        except TimeoutError:
            return Answer(504, error="It took too long: send shorter texts, or try again later.")
        finally:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]

    def _limit(self, task: Task) -> float:
        """Time for the task itself and for those that may stand before it in the queue."""
        before = 1 + self._config.queue / self._config.workers
        return task.timeout * before + _GRACE

    def _forget(self) -> None:
        """Drops answers that are too old or too many, the oldest first."""
        now = monotonic()
        for job_id, job in list(self._jobs.items()):
            old = now - job.since > self._config.keep
            if job.future.done() and (old or len(self._jobs) > self._config.kept):
                del self._jobs[job_id]


def _new_pool(workers: int) -> ProcessPoolExecutor:
    """Workers forked from a clean process that has the code and the model loaded once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["checker.web.preload"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Leaves Ctrl-C and termination to the server, which lets workers finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
