"""Hands tasks to worker processes within limits and keeps their answers for a while."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from checker.web.config import Config
from checker.web.work import Answer, Task
from checker.web.worker import Worker


class BusyError(Exception):
    """No place left: for this client (429) or for anyone (503). ``wait`` is in seconds."""

    def __init__(self, status: int, wait: int) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait


@dataclass(eq=False, slots=True)
class Job:
    """A task on its way; ``answer`` once it is done, ``share`` (0 to 1) how far it is.

    ``task`` is dropped with its uploads when the job is done unless they are to be kept.
    """

    id: str
    task: Task | None
    client: str
    keep_uploads: bool
    stage: str = "waiting"
    share: float = 0.0
    answer: Answer | None = None
    cancelled: bool = False
    worker: Worker | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def told(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, share

    async def wait(self, seconds: float) -> None:
        """Returns when the job is done, or after ``seconds``."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.done.wait(), seconds)


class Jobs:
    """A fixed number of workers and the jobs given to them. Belongs to one event loop."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._threads = ThreadPoolExecutor(config.workers, thread_name_prefix="worker")
        self._workers: list[Worker] = []
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Starts the workers and waits until each has its model."""
        loop = asyncio.get_running_loop()
        starts = [loop.run_in_executor(self._threads, Worker) for _ in range(self._config.workers)]
        self._workers = list(await asyncio.gather(*starts))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """Finishes what runs, answers 503 to what waits."""
        self._stopping = True
        while self._tasks:
            await asyncio.wait(self._tasks)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()

    @property
    def ready(self) -> bool:
        """True while tasks can be done."""
        return bool(self._workers) and not self._stopping

    @property
    def waiting(self) -> int:
        """Jobs taken and not done."""
        return self._running.total()

    @property
    def kept(self) -> int:
        """Jobs whose answer can be asked for, or will be."""
        return len(self._jobs)

    def submit(self, task: Task, client: str, keep_uploads: bool = False) -> Job:
        """Takes a task. Raises BusyError when client or workers have enough to do."""
        if self._running[client] >= self._config.per_client:
            raise BusyError(429, 2)
        if self._stopping or self.waiting >= self._config.workers + self._config.queue:
            raise BusyError(503, 5)
        job = Job(secrets.token_urlsafe(16), task, client, keep_uploads)
        self._jobs[job.id] = job
        self._running[client] += 1
        running = asyncio.create_task(self._run(job, task))
        self._tasks.add(running)
        running.add_done_callback(self._tasks.discard)
        return job

    def get(self, job_id: str) -> Job | None:
        """The job of that id; None when there is none, or no longer."""
        return self._jobs.get(job_id)

    def forget(self, job_id: str) -> bool:
        """Drops a job and its answer, and breaks it off when it is not done."""
        job = self._jobs.pop(job_id, None)
        if job is not None and job.answer is None:
            job.cancelled = True
            if job.worker is not None:
                job.worker.stop()
        return job is not None

    async def _run(self, job: Job, task: Task) -> None:
        worker = await self._idle.get()
        try:
            if job.cancelled or self._stopping:
                job.answer = Answer(503, error="The server is stopping: try again later.")
                return
            job.worker = worker
            loop = asyncio.get_running_loop()
            job.answer = await loop.run_in_executor(self._threads, worker.do, task, job.told)
        finally:
            job.worker = None
            self._idle.put_nowait(worker)
            self._finish(job)

    def _finish(self, job: Job) -> None:
        self._running[job.client] -= 1
        if not self._running[job.client]:
            del self._running[job.client]
        if not job.keep_uploads:
            job.task = None
        job.answer = job.answer or Answer(500, error="The worker could not be started again.")
        job.done.set()
        asyncio.get_running_loop().call_later(self._config.keep, self._jobs.pop, job.id, None)
        self._drop_oldest()

    def _drop_oldest(self) -> None:
        """Keeps as many answers, and as many bytes of uploads, as the limits allow."""
        finished = [job for job in self._jobs.values() if job.answer is not None]
        size = sum(map(_size, finished))
        for job in finished:
            if len(self._jobs) <= self._config.kept and size <= self._config.kept_bytes:
                return
            size -= _size(job)
            del self._jobs[job.id]


def _size(job: Job) -> int:
    sides = (job.task.source, job.task.target) if job.task else ()
    return sum(len(side.data) for side in sides if side)
