"""The work on one pair, done in a worker process: a pure function of files and settings."""

from __future__ import annotations

import ctypes
import gc
import hashlib
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from checker.audit.files import both, content, document, without_option
from checker.audit.observe import NOTHING, Seen, observed, sketched
from checker.audit.pairing import Pair
from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.model import Document, Report
from checker.pipeline import compare, lint
from checker.read import DocumentPair
from checker.report.json import as_dict
from checker.settings import Settings
from checker.timelimit import deadline, time_limit

_UNRELATED_BELOW = 0.35
_LONG = 10_000  # words of both sides


@dataclass(frozen=True, slots=True)
class Job:
    """A pair to compare, its number in the run, and how long it may take (seconds, 0: no limit)."""

    number: int
    pair: Pair
    settings: Settings
    timeout: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """What is stored of one pair.

    ``state`` is ``compared``, ``unrelated`` (the two are not the same article), ``alone``
    (one document, looked at by itself) or ``failed``; ``report`` is the compressed JSON of
    the report, empty when there is none; ``seen`` is what the pair teaches about the archive.
    """

    number: int
    name: str
    state: str
    error: str
    words: int
    coverage: float
    report: bytes
    seen: Seen = NOTHING


def content_key(pair: Pair, signature: str) -> str:
    """Changes exactly when one of the files or what the result depends on changes."""
    digest = hashlib.sha256(signature.encode())
    for path in filter(None, (pair.source, pair.target)):
        digest.update(hashlib.sha256(_bytes(path)).digest())
    return digest.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return content(without_option(path))
    except OSError:
        return b"unreadable"


def work(job: Job) -> Result:
    """Compares one pair. Whatever is wrong with it becomes part of the result."""
    result = _compared(job)
    _give_memory_back(result.words > _LONG)
    return result


def _give_memory_back(long: bool) -> None:
    """Lets go of what a pair needed: a long article would weigh on its process for good.

    Takes two milliseconds where the C library can do it (glibc). Objects that hold each
    other are looked for after a long article only, which takes a tenth of a second.
    """
    if long:
        gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _compared(job: Job) -> Result:
    pair = job.pair
    try:
        with time_limit(job.timeout):
            encoder = _encoder(job.settings.model, job.settings.threads)
            stages = deadline(job.timeout)
            seen: list[Seen] = []
            report = (
                compare(
                    *_documents(pair), job.settings, encoder, stages,
                    lambda comparison: seen.append(observed(comparison)),
                )
                if pair.target
                else lint(document(pair.source), _alone(job.settings), encoder)
            )  # fmt: skip
    except CheckerError as error:
        return Result(job.number, pair.name, "failed", str(error), 0, 0.0, b"")
    except TimeoutError:
        reason = f"it took longer than {job.timeout:g} s: raise --timeout or split the document."
        return Result(job.number, pair.name, "failed", reason, 0, 0.0, b"")
    except MemoryError:
        reason = "it needs more memory than there is: split the document."
        return Result(job.number, pair.name, "failed", reason, 0, 0.0, b"")
    except Exception as error:  # a defect of the checker costs this pair, never the audit
        reason = (
            f"the checker itself failed on it ({type(error).__name__}: {error}): please report it."
        )
        return Result(job.number, pair.name, "failed", reason, 0, 0.0, b"")
    covered = report.coverage
    state = "compared" if covered >= _UNRELATED_BELOW else "unrelated"
    reason = "" if state == "compared" else "the two documents are not the same article"
    state = state if report.target else "alone"
    values = json.dumps(as_dict(report), ensure_ascii=False).encode("utf-8", "surrogatepass")
    packed = zlib.compress(values, 6)
    if state == "compared":
        learnt = seen[0]
    else:  # what two unrelated texts teach is wrong
        learnt = Seen((), tuple(sketched(a) for a in (report.source, report.target) if a))
    return Result(job.number, pair.name, state, reason, _words(report), covered, packed, learnt)


def _documents(pair: Pair) -> tuple[Document | DocumentPair, Document | None]:
    """What to compare: two documents, or one file of both languages."""
    if pair.bilingual:
        return both(pair.source), None
    return document(pair.source), document(pair.target) if pair.target else None


def _alone(settings: Settings) -> Settings:
    """For a document without counterpart, in either language: which one is detected."""
    return replace(settings, source_language="")


def _words(report: Report) -> int:
    articles = [report.source, report.target]
    return sum(len(s.text.split()) for a in articles if a for s in a.sentences)


@cache
def _encoder(model: str, threads: int) -> Encoder:
    """One model a worker process, loaded with its first pair."""
    return load(model, threads)
