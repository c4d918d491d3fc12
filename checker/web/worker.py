"""One worker process: tasks go in and answers come out through a pipe.

The worker is forked from a clean process that holds the code and the model already, so
that all workers share those pages and a new one is there in milliseconds. It ends by itself
when the server's end of the pipe is closed, even by a kill.
"""

from __future__ import annotations

import atexit
import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from checker.web.work import Answer, Task, Told, run

GRACE = 5.0  # seconds a task may overrun its limit before its worker counts as hung
_LIFE = 200  # tasks after which a worker is replaced: what it has cached is its own memory
_START = 120.0  # seconds the first worker may take, which waits for the model


class Worker:
    """Does one task at a time. ``do`` blocks; ``stop`` may be called from another thread."""

    def __init__(self) -> None:
        self._stopped = False
        self._start()
        atexit.register(self.stop)  # the process ignores the polite signal sent at exit

    def do(self, task: Task, told: Told) -> Answer:
        """The answer to a task; a worker that hangs or dies is replaced by a new one."""
        if self._done >= _LIFE or not self._process.is_alive():
            self._replace()
        self._stopped = False
        end = monotonic() + task.timeout + GRACE
        self._done += 1
        try:
            self._pipe.send(task)
            while self._pipe.poll(max(0.0, end - monotonic())):
                message = self._pipe.recv()
                if isinstance(message, Answer):
                    return message
                told(*message)
        except (EOFError, OSError):
            self._replace()
            return Answer(503, error=_CANCELLED if self._stopped else _DIED)
        self._replace()
        return Answer(504, error=f"It took longer than {task.timeout:g} s: send shorter texts.")

    def stop(self) -> None:
        """Breaks off what is being done."""
        self._stopped = True
        self._process.kill()

    def end(self) -> None:
        """Lets the process go once it has nothing to do."""
        self._pipe.close()
        self._process.join(GRACE)
        self._process.kill()
        atexit.unregister(self.stop)

    def _start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["checker.web.preload"])
        self._done = 0
        self._pipe, theirs = context.Pipe()
        self._process: Any = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not self._pipe.poll(_START):
            raise TimeoutError("A worker process did not start.")
        self._pipe.recv()

    def _replace(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._start()


def _serve(pipe: Connection) -> None:
    """The life of a worker process. Ctrl-C and termination are the server's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            task: Task = pipe.recv()
            pipe.send(_safely(task, pipe))


def _safely(task: Task, pipe: Connection) -> Answer:
    """An answer whatever happens; an error of ours is named by its kind, not its text."""
    try:
        return run(task, lambda stage, share: pipe.send((stage, share)))
    except OSError:
        raise
    except Exception as error:
        return Answer(500, error=f"An error inside the checker ({_place(error)}): report it.")


def _place(error: Exception) -> str:
    """Kind and place of an error, without its message, which may quote a document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        where = f", {trace.tb_frame.f_globals.get('__name__', '')} line {trace.tb_lineno}"
    return type(error).__name__ + where


_DIED = "The worker died, out of memory perhaps: send shorter texts, or try again."
_CANCELLED = "It was cancelled."
