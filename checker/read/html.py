"""Web pages: the article's blocks, without navigation and other surroundings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checker.errors import ReadError
from checker.model import Document
from checker.read import Reader
from checker.read._build import Builder, collapse
from checker.read._charset import decode
from checker.read._markup import UNREAD, Walk
from checker.read._xml import root_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement
else:
    HtmlElement = Any

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
# What browsers take these names for; a name that is read byte by byte is never UTF-16.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),
}
_LOOKS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_AROUND = frozenset(("nav", "aside", "footer", "form", "dialog", "menu"))
_AROUND_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|breadcrumbs?|cookies?|consent|newsletter|share|sharing|social|"
    r"related|sidebar|comments?|pagination|promo|advert|ads?|subscribe|paywall|banner|skip-link|"
    r"footer)"
    r"(?:$|[\s_-])",
    re.I,
)
_MAIN_SHARE = 0.5


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The article of a web page; the whole body where no article is marked up.

    The language is the one the page declares. Raises ReadError for bytes that are no
    page.
    """
    text, remarks = _text(data, path)
    root = _tree(text, path)
    language = _language(root)
    body = _article(root)
    _drop_surroundings(body)
    builder = Builder()
    heading = _heading_outside(root, body)
    if heading is not None:
        Walk(builder).root(heading)
    Walk(builder).root(body)
    return builder.document(path, "html", language, remarks)


def _text(data: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """Text by byte order mark, then as the page says, then as plain text is read."""
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = said.group(1).decode("ascii")
        charset = _MEANT.get(name.lower(), name)
        try:
            return data.decode(charset), ()
        except (LookupError, UnicodeDecodeError, UnicodeError):
            text, remarks = decode(data, path)
            return text, (*remarks, f"the page calls itself {name}, which it is not")
    return decode(data, path)


def _tree(text: str, path: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    declaration = re.compile(r"\s*<\?xml[^>]*>")
    try:
        return document_fromstring(declaration.sub("", text, count=1), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ReadError("{path} holds no web page that can be read.", path=path) from None


def _language(root: HtmlElement) -> str:
    """From the lang of html or body, the page's own hreflang, or its metadata."""
    tags = [root, *root.iter("body")][:2]
    said = [
        e.get("lang") or e.get("{http://www.w3.org/XML/1998/namespace}lang") or e.get("xml:lang")
        for e in tags
    ]
    said += [_own_hreflang(root)]
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or meta.get("property") or "").lower() in (
            "content-language",
            "og:locale",
        ):
            said.append(meta.get("content"))
    found = next((s for s in said if s and re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", s.strip())), "")
    return found.strip().replace("_", "-")


def _own_hreflang(root: HtmlElement) -> str | None:
    """What the page's list of translations calls the page itself."""
    links = list(root.iter("link"))
    canonical = next((e.get("href") for e in links if e.get("rel") == "canonical"), None)
    return next(
        (
            e.get("hreflang")
            for e in links
            if canonical and e.get("hreflang") and e.get("href") == canonical
        ),
        None,
    )


def _article(root: HtmlElement) -> HtmlElement:
    """The element that holds the article: marked as such and with much of the page's text."""
    body = next(root.iter("body"), root)
    total = _size(body)
    for path in ("//*[@itemprop='articleBody']", "//article", "//main|//*[@role='main']"):
        found = max(root.xpath(path), key=_size, default=None)
        if found is not None and _size(found) >= _MAIN_SHARE * total:
            return found
    return body


def _size(element: HtmlElement) -> int:
    """Letters that stand in paragraphs: menus have few."""
    return sum(
        len(collapse("".join(p.itertext())))
        for p in element.iter("p", "h1", "h2", "h3", "li", "blockquote")
        if not _is_links(p)
    )


def _is_links(element: HtmlElement) -> bool:
    """True where nearly everything can be clicked."""
    text = len("".join(element.itertext()).strip())
    linked = sum(len("".join(a.itertext()).strip()) for a in element.iter("a"))
    return text > 0 and linked > 0.8 * text


def _drop_surroundings(body: HtmlElement) -> None:
    total = _size(body)
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if (_is_around(element) and _size(element) < 0.3 * total) or element.tag in UNREAD:
            element.drop_tree()


def _is_around(element: HtmlElement) -> bool:
    if element.tag in _AROUND or element.get("role") in _AROUND_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("div", "section", "ul", "ol", "header", "p") and _AROUND_NAMES.search(names):
        return True
    return (
        element.tag in ("ul", "ol", "div")
        and len(element.findall(".//a")) > 2
        and _is_links(element)
    )


def _heading_outside(root: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The page's only main heading where it stands outside of the article's element."""
    headings = list(root.iter("h1"))
    if len(headings) == 1 and not any(e is body for e in headings[0].iterancestors()):
        return headings[0]
    return None


def recognises(data: bytes) -> bool:
    """True for bytes that begin like a web page."""
    return bool(_LOOKS.match(data[:4096])) or root_name(data) == "html"


READER = Reader("html", "web page", (".html", ".htm", ".xhtml"), recognises, parse)
