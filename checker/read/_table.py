"""Tables: which column holds the text, or which two hold the two languages."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import ReadError, did_you_mean, worded
from checker.model import BlockKind, Document
from checker.read import DocumentPair
from checker.read._build import Builder, column_name

Row = Sequence[str]
_SOURCE_NAMES = {"source", "quelle", "original", "ausgangstext", "texte source", "fuente", "bron"}
_TARGET_NAMES = {"target", "ziel", "übersetzung", "traduction", "translation", "cible", "destino"}


def column_document(rows: Sequence[Row], path: str, form: str, option: str) -> Document:
    """The column that ``option`` names, by its header, letter or number, as a document."""
    if not option:
        raise ReadError(
            "{path} is a table: say which column to read, such as {path}#{example} "
            "(columns: {known}).",
            path=path,
            example=_example(rows),
            known=", ".join(_headers(rows)) or worded("none"),
        )
    column = _column(rows, path, option)
    builder = Builder()
    for number, row in enumerate(rows, 1):
        if column < len(row) and not (number == 1 and row[column].strip() == option.strip()):
            place = f"cell {column_name(column + 1)}{number}"
            builder.add(row[column], BlockKind.PARAGRAPH, place)
    return builder.document(path, form)


def column_pair(rows: Sequence[Row], path: str, form: str, option: str) -> DocumentPair:
    """Two columns as the two sides, a row a unit.

    ``option`` names them ("fr,de", "B,C"); without it they are found by their headers
    (source and target, language names) or by the languages their text is in.
    """
    source, target, header = _two_columns(rows, path, option)
    sides = (Builder(), Builder())
    for number, row in enumerate(rows[header:], header + 1):
        texts = [row[c] if c < len(row) else "" for c in (source, target)]
        if any(text.strip() for text in texts):
            for builder, text, column in zip(sides, texts, (source, target), strict=True):
                builder.add_unit(text, f"cell {column_name(column + 1)}{number}")
    names = [_language(_cell(rows, c)) if header else "" for c in (source, target)]
    documents = [b.document(path, form, name) for b, name in zip(sides, names, strict=True)]
    return DocumentPair(*documents)


def _two_columns(rows: Sequence[Row], path: str, option: str) -> tuple[int, int, int]:
    """Source column, target column, and how many rows are header."""
    if option:
        names = [name for name in option.split(",") if name]
        if len(names) != 2:
            raise ReadError(
                "{path}#{option}: name two columns, such as {path}#A,B.", path=path, option=option
            )
        source, target = (_column(rows, path, name) for name in names)
        said = {_cell(rows, c) for c in (source, target)} == {n.strip() for n in names}
        return source, target, int(said or _names_languages(rows, source, target))
    headed = _by_header(rows)
    if headed:
        return *headed, 1
    source, target = _by_language(rows, path)
    return source, target, int(_names_languages(rows, source, target))


def _cell(rows: Sequence[Row], column: int) -> str:
    """A cell of the first row, empty where the row ends before it."""
    return rows[0][column].strip() if column < len(rows[0]) else ""


def _names_languages(rows: Sequence[Row], *columns: int) -> bool:
    """True where the first row says the language of each of these columns."""
    return all(_language(_cell(rows, column)) for column in columns)


def _by_header(rows: Sequence[Row]) -> tuple[int, int] | None:
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    source = next((i for i, name in enumerate(names) if name in _SOURCE_NAMES), None)
    target = next((i for i, name in enumerate(names) if name in _TARGET_NAMES), None)
    if source is not None and target is not None:
        return source, target
    languages = [i for i, name in enumerate(names) if _language(name)]
    return (languages[0], languages[1]) if len(languages) == 2 else None


def _by_language(rows: Sequence[Row], path: str) -> tuple[int, int]:
    """The first two columns whose text is in two different languages."""
    from checker.detect import detect

    found: dict[str, int] = {}
    for column in range(max(map(len, rows), default=0)):
        text = "\n".join(row[column] for row in rows[:500] if column < len(row))
        code = detect(text)
        if code:
            found.setdefault(code, column)
    if len(found) != 2:
        raise ReadError(
            "{path}: which two columns hold the two languages cannot be told; name "
            "them, such as {path}#A,B (columns: {known}).",
            path=path,
            known=", ".join(_headers(rows)) or worded("none"),
        )
    source, target = found.values()
    return source, target


def _language(header: str) -> str:
    """Code of the language a header names: "fr", "de-CH", "French", "Deutsch"."""
    from babel import Locale

    from checker.languages import codes, load

    name = header.strip().replace("_", "-")
    if name.lower().split("-")[0] in codes() and len(name) <= 5:
        return name
    for code in codes():
        own = Locale.parse(code).get_display_name(code) or ""
        if name.lower() in (load(code).name.lower(), own.lower()):
            return code
    return ""


def _column(rows: Sequence[Row], path: str, name: str) -> int:
    """Index of a column by its header, else by its letter or its number from 1."""
    headers = _headers(rows)
    if name.strip() in headers:
        return headers.index(name.strip())
    letters = [column_name(i + 1) for i in range(len(headers))]
    if name.strip().upper() in letters:
        return letters.index(name.strip().upper())
    if name.strip().isdecimal() and 1 <= int(name) <= len(headers):
        return int(name) - 1
    hint = did_you_mean(name, headers)
    raise ReadError(
        '{path} has no column "{name}"{hint}. Columns: {known}.',
        path=path,
        name=name,
        hint=hint,
        known=", ".join(headers) or worded("none"),
    )


def _headers(rows: Sequence[Row]) -> list[str]:
    return [cell.strip()[:40] for cell in rows[0]] if rows else []


def _example(rows: Sequence[Row]) -> str:
    return next((name for name in _headers(rows) if name), "A")
