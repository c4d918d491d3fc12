"""The command line as a whole: unknown commands, help, and what Ctrl-C means."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial


def checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_unknown_command_names_the_nearest() -> None:
    result = checker("dif")
    assert result.returncode == 2
    assert 'did you mean "diff"' in result.stderr


def test_a_missing_argument_is_no_traceback() -> None:
    result = checker("diff", "one.txt", "--format")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_help_and_version_exit_with_zero() -> None:
    assert checker("--help").returncode == 0
    assert checker("--version").stdout.startswith("checker, version 0.1")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['checker', '--help']\n"
        "from checker.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'rich', 'torch', 'lxml', 'sentencepiece', 'simplemma', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr.strip() == "[]"


def test_ctrl_c_is_no_answer() -> None:
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", "lint", "-"],
        stdin=read,
        stderr=subprocess.PIPE,
        text=True,
        # A shell hands its jobs in the background a SIGINT that is ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    os.close(write)
    os.close(read)
    assert process.returncode == 130
    assert "Traceback" not in stderr
