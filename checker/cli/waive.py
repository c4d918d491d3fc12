"""``checker waive``: excuses one finding, with a reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from checker.cli._echo import echo
from checker.messages import say


@click.command()
@click.argument("finding_id", metavar="ID")
@click.option("--reason", required=True, help="Why the finding is all right.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day it holds, 2027-01-31.")
@click.option("--by", default="", help="Who decided.")
@click.option("--file", type=click.Path(path_type=Path), help="Default: the policy's waiver file.")
def command(
    finding_id: str, reason: str, until: datetime | None, by: str, file: Path | None
) -> None:
    """Excuse the finding ID, as reports print it, from now on."""
    from checker.errors import PolicyError
    from checker.gate.policy import Policy, find_policy, load_policy
    from checker.gate.waivers import Waiver, add_waiver, load_waivers

    if not reason.strip():
        raise PolicyError("A waiver needs a reason: say why the finding is all right.")
    found = find_policy(Path())
    policy = load_policy(found) if found else Policy()
    path = file or policy.folder / policy.waivers
    if any(waiver.id == finding_id for waiver in load_waivers(path)):
        raise PolicyError(
            "{path} already waives {finding_id}: edit the entry there.",
            path=path,
            finding_id=finding_id,
        )
    add_waiver(path, Waiver(reason, finding_id, by=by, until=until.date() if until else None))
    echo(say("{id} is waived in {path}.").format(id=finding_id, path=path))
