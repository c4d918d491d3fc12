"""Renders a report in the formats asked for and puts each where it belongs."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import SettingsError, did_you_mean
from checker.messages import preferred, say
from checker.model import Report, Severity
from checker.report import Renderer, Style, renderers, visible

if TYPE_CHECKING:
    from checker.report import RuleText

STEM = "report"


@dataclass(frozen=True, slots=True)
class Output:
    """Where results go. Made before the work starts, so that a wrong option costs nothing.

    ``file`` takes one format, ``folder`` any number; with neither, standard output.
    ``stem`` is what files in the folder are called.
    """

    formats: tuple[Renderer, ...]
    file: Path | None
    folder: Path | None
    least: Severity
    width: int | None
    quiet: bool
    stem: str = STEM

    def for_pair(self, name: str) -> Output:
        """The same for one of several pairs: its files are called after it.

        Raises SettingsError when all of them would go into one file.
        """
        if self.file is not None:
            raise SettingsError("--output takes one pair: use --output-dir for several.")
        return replace(self, stem=name.replace("/", "--").replace("\\", "--"))

    def write(self, report: Report) -> Report:
        """Writes every format; returns the report without what was not asked for.

        Raises SettingsError when a file cannot be written.
        """
        shown = visible(report, self.least)
        hidden = len(report.findings) - len(shown.findings)
        for renderer in self.formats:
            path = self._path(renderer)
            rendered = renderer.render(shown, self._style(path, hidden))
            _put(rendered, path)
        return shown

    def only(self, *possible: str) -> str:
        """The one format asked for, where only some are possible.

        Raises SettingsError for any other, or for several.
        """
        asked = [renderer.name for renderer in self.formats]
        if len(asked) != 1 or asked[0] not in possible:
            raise SettingsError(
                "Only one of these formats is possible here: {known}.", known=", ".join(possible)
            )
        return asked[0]

    def put(self, rendered: bytes) -> None:
        """Writes what is rendered already. Raises SettingsError when it cannot be written."""
        _put(rendered, self.file)

    def _path(self, renderer: Renderer) -> Path | None:
        if self.folder is not None and renderer.name != "terminal":
            return self.folder / f"{self.stem}{renderer.suffix}"
        return self.file

    def _style(self, path: Path | None, hidden: int) -> Style:
        terminal = path is None and _is_terminal()
        width = self.width or (max(30, shutil.get_terminal_size().columns) if terminal else 80)
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Style(width, colour, self.quiet, hidden, _rule_texts(), preferred())


def output_of(
    formats: tuple[str, ...],
    file: Path | None,
    folder: Path | None,
    min_severity: str,
    width: int | None,
    quiet: bool,
) -> Output:
    """The output that the options describe.

    Raises SettingsError on an unknown format, on options that contradict each other, and
    on a place that cannot be written.
    """
    chosen = tuple(_renderer(name) for name in formats) or (_by_suffix(file),)
    if file is not None and (folder is not None or len(chosen) > 1):
        raise SettingsError("--output takes one format: use --output-dir for several.")
    printed = [r for r in chosen if file is None and (folder is None or r.name == "terminal")]
    if len(printed) > 1:
        raise SettingsError("Several formats need --output-dir, the folder to write them to.")
    if printed and printed[0].binary and _is_terminal():
        raise SettingsError(
            "{format} is not for a terminal: name a file with --output.", format=printed[0].name
        )
    for renderer in chosen:
        _require_installed(renderer)
    _require_writable(file, folder)
    return Output(chosen, file, folder, Severity(min_severity), width, quiet)


def _renderer(name: str) -> Renderer:
    known = renderers()
    if name not in known:
        hint = did_you_mean(name, list(known))
        raise SettingsError(
            'No format "{name}"{hint}. Known: {known}.',
            name=name,
            hint=hint,
            known=", ".join(known),
        )
    return known[name]


def _require_installed(renderer: Renderer) -> None:
    if renderer.needs and find_spec(renderer.needs) is None:
        raise SettingsError(
            '{name} needs {needs}: pip install "translation-consistency-checker[documents]".',
            name=renderer.name,
            needs=renderer.needs,
        )


def _by_suffix(file: Path | None) -> Renderer:
    known = renderers()
    matching = [r for r in known.values() if file is not None and r.suffix == file.suffix]
    return matching[0] if matching else known["terminal"]


def _require_writable(file: Path | None, folder: Path | None) -> None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        where = folder or (file.parent if file is not None else None)
        if file is not None and file.is_dir():
            raise SettingsError(
                "{file} is a directory: name a file, or use --output-dir.", file=file
            )
        if where is not None and not (where.is_dir() and os.access(where, os.W_OK)):
            raise SettingsError(
                "{folder} is no folder that can be written to: choose another.", folder=where
            )
    except OSError as error:
        raise _unwritable(folder or file, error) from None


def _is_terminal() -> bool:
    """False as well where standard output is closed, which Python shows as None."""
    return sys.stdout is not None and sys.stdout.isatty()


def _put(rendered: bytes, path: Path | None) -> None:
    if path is None and sys.stdout is None:
        raise SettingsError("Standard output is closed: name a file with --output.")
    try:
        if path is None:
            sys.stdout.buffer.write(rendered)
            sys.stdout.buffer.flush()
        else:
            path.write_bytes(rendered)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; the exit code still tells the result.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path | None, error: OSError) -> SettingsError:
    said = say("{file} cannot be written: {reason}.")
    where = path or say("standard output")
    return SettingsError(said.format(file=where, reason=error.strerror or error))


def _rule_texts() -> tuple[RuleText, ...]:
    from checker.cli._rules import texts

    return texts()
