"""``checker serve``: the page and the HTTP interface."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from checker.errors import SettingsError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
              help="Port to serve on; 0 takes a free one.")  # fmt: skip
@click.option("--token", envvar="CHECKER_TOKEN", default="", help="Asked of everybody.")
@click.option("--allow-host", "hosts", multiple=True, help="Host name requests may come for.")
@click.option("--workers", type=click.IntRange(1), help="Processes that compare. Default: cores.")
@click.option("--termbases", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of termbases that may be chosen.")  # fmt: skip
@click.option("--policies", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of policies that may be chosen.")  # fmt: skip
@click.option("--audit", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Results of an audit to walk through.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(1), default=60.0, show_default=True,
              help="Seconds a comparison may take.")  # fmt: skip
@click.option("--max-kb", type=click.IntRange(1), default=5120, show_default=True,
              help="Size of a document in KB.")  # fmt: skip
@click.option("--queue", type=click.IntRange(0), default=16, show_default=True,
              help="Comparisons that may wait; more are answered 503.")  # fmt: skip
@click.option("--per-client", type=click.IntRange(1), default=4, show_default=True,
              help="Comparisons of one address at a time; more are answered 429.")  # fmt: skip
@click.option("--keep", type=click.FloatRange(0, min_open=True), default=15.0, show_default=True,
              help="Minutes a result stays in memory.")  # fmt: skip
@click.option("--fast", is_flag=True, help="Leave the contextual detector out of all requests.")
@click.option("--model", default="use-multilingual-v3", show_default=True, help="Embedding model.")
def command(
    host: str,
    port: int,
    token: str,
    hosts: tuple[str, ...],
    workers: int | None,
    termbases: Path | None,
    policies: Path | None,
    audit: Path | None,
    timeout: float,
    max_kb: int,
    queue: int,
    per_client: int,
    keep: float,
    fast: bool,
    model: str,
) -> None:
    """Serve the page and the HTTP interface, for this machine alone unless told otherwise."""
    try:
        import uvicorn

        from checker.web.app import create_app
    except ImportError:
        raise SettingsError(
            "`checker serve` needs its packages: "
            "run `pip install 'translation-consistency-checker[web]'`."
        ) from None
    from checker.embed import require
    from checker.web.config import Config
    from checker.web.observe import log_to_stderr

    config = Config(
        host=host, port=port, token=token, hosts=hosts, workers=workers or os.cpu_count() or 1,
        termbases=termbases, policies=policies, audit=audit, timeout=timeout,
        largest=max_kb * 1024, queue=queue, per_client=per_client, keep=keep * 60,
        fast=fast, model=model,
    )  # fmt: skip
    require(model)
    os.environ["CHECKER_MODEL"] = model
    listening = _listen(host, port)
    log_to_stderr()
    name = f"[{host}]" if ":" in host else host
    click.echo(f"http://{name}:{listening.getsockname()[1]}", err=True)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(config), log_config=None, access_log=False, server_header=False,
            timeout_graceful_shutdown=int(config.patience) + 5,
        )
    )  # fmt: skip
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            "Cannot serve on {host}, port {port}: {reason}. Choose another --port or --host.",
            host=host,
            port=port,
            reason=error.strerror or error,
        ) from None
