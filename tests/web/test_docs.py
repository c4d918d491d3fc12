"""The example in docs/serve.md is a program that runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from web.conftest import FRENCH, GERMAN, RIGHT, ROOT, Server

from checker.cli.serve import command

TEXT = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")


def asked(server: str, german: str) -> subprocess.CompletedProcess[str]:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    program = f"{code}\nprint(may_be_published({FRENCH!r}, {german!r}))\n"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "CHECKER_URL": server}, capture_output=True, text=True, check=True,
    )  # fmt: skip


def test_the_cms_example_asks_the_gate(server: Server) -> None:
    blocked = asked(server.url, GERMAN)
    assert blocked.stdout == "False\n"
    assert "48 300" in blocked.stderr
    assert asked(server.url, RIGHT).stdout == "True\n"
    unclear = asked(server.url, "")
    assert (unclear.stdout, "target.text" in unclear.stderr) == ("False\n", True)


def test_every_limit_says_its_default() -> None:
    options = {option.opts[0]: option.default for option in command.params}
    for name in re.findall(r"`(--[a-z-]+)` \|", TEXT):
        assert name in options
    for name, shown in re.findall(r"\| (?:about )?([\d]+)[^|]* \| `(--[a-z-]+)`", TEXT):
        assert float(name) == float(str(options[shown])), shown
