"""``checker serve``: the page and the HTTP interface."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
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
    model: str,
) -> None:
    """Serve the page and the HTTP interface, for this machine alone unless told otherwise."""
    from checker.errors import SettingsError

    try:
        import uvicorn

        from checker.web.app import create_app
    except ImportError:
        raise SettingsError(
            "`checker serve` needs its packages: "
            "run `pip install 'translation-consistency-checker[web]'`."
        ) from None
    from checker.web.config import Config
    from checker.web.preload import MODEL_VARIABLE

    os.environ[MODEL_VARIABLE] = model
    config = Config(
        host=host, port=port, token=token, hosts=hosts, workers=workers or os.cpu_count() or 1,
        termbases=termbases, policies=policies, audit=audit, timeout=timeout,
        largest=max_kb * 1024, model=model,
    )  # fmt: skip
    click.echo(f"http://{host}:{port}", err=True)
    uvicorn.run(create_app(config), host=host, port=port, log_level="warning", access_log=False)
