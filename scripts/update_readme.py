"""Puts the demo's real output into the README.

usage: python scripts/update_readme.py
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- output of: checker (.+?) -->\n```\n).*?(```)", re.S)


def shown(match: re.Match[str]) -> str:
    """The block with what its command prints now."""
    command = [sys.executable, "-m", "checker", *match.group(2).split()]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return match.group(1) + result.stdout + match.group(3)


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(BLOCK.sub(shown, page.read_text(encoding="utf-8")), encoding="utf-8")
