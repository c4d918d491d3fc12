"""Counts requests and their time, in the text format of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from checker.web.jobs import Jobs


class Metrics:
    """The figures of one application, in a registry of its own."""

    def __init__(self, jobs: Jobs) -> None:
        self._registry = CollectorRegistry()
        labels = ["method", "path"]
        self._requests = Counter(
            "checker_requests", "Requests answered", [*labels, "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "checker_request_seconds", "Time to the answer", labels, registry=self._registry
        )
        waiting = Gauge("checker_jobs_waiting", "Jobs not done", registry=self._registry)
        waiting.set_function(lambda: jobs.waiting)
        kept = Gauge("checker_jobs_kept", "Answers in memory", registry=self._registry)
        kept.set_function(lambda: jobs.kept)

    def count(self, method: str, path: str, status: int, seconds: float) -> None:
        """Counts one answered request; ``path`` is the route's pattern, not what was asked."""
        self._requests.labels(method, path, str(status)).inc()
        self._seconds.labels(method, path).observe(seconds)

    def text(self) -> str:
        """All figures as Prometheus reads them."""
        text: str = generate_latest(self._registry).decode()
        return text
