"""Files an author uploads, read into Markdown source: .txt, .md, .html and .docx.

A file is what its name says or it is refused. Nothing in it is believed before it is measured: a .docx is a zip
archive of XML, and both can be made to unpack to anything (work is bounded before it starts, design rule 11).
"""

import codecs
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO

import mammoth

from feedback import tags, text
from feedback.errors import Invalid
from feedback.library.pasted import html_to_markdown

__all__ = ["html_to_markdown", "read_upload"]

FIELD = "file"
LARGEST_TEXT = 4_000_000
"""Code points of a decoded file. HTML says a lot besides its words; what comes of it has the chapter's own limit."""

LARGEST_XML = 24 * 1024 * 1024
MOST_PARTS = 2_000
MOST_TAGS = 160_000
"""Start and end tags in a page, or in the XML of a .docx besides what is taken out unread. mammoth takes 25
microseconds for each here; 500,000 characters in 8,000 paragraphs have 130,000."""

LONGEST_PIECE = 1024 * 1024
"""Bytes between two tags. Expat before 2.6 reads a tag anew for every 16 kB of it, in quadratic time."""

_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='Subtitle'] => h3:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""
_FOOTNOTE_ARROW = re.compile(r'<a href="#[^"]*+">↑</a>')
# Fonts, sizes, spelling marks and bookmarks: most of the XML that Word writes, and nothing that a chapter shows.
_NOISE = re.compile(
    rb"<w:(?:proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak|noProof|lang|rFonts|sz|szCs|color|spacing|kern"
    rb"|ind|jc|shd|bCs|iCs|widowControl|keepNext|keepLines|contextualSpacing|autoSpaceDE|autoSpaceDN|adjustRightInd)"
    rb"[/ ][^<>]*+(?<=/)>"
)
_OTHER_FILES = (
    b"PK\x03\x04",
    b"%PDF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def read_upload(filename: str, data: bytes) -> str:
    """The Markdown source in an uploaded file, normalised.

    :raises Invalid: (field ``file``) its name has another ending, its content is not what its name says, it is
        damaged, empty, or unpacks to more than a chapter can be.
    """
    ending = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    reader = _READERS.get(ending)
    if reader is None:
        raise _refused("We can read .txt, .md, .html and .docx files.")
    source = text.normalise(reader(data))
    if text.is_blank(source):
        raise _refused("There is no text in this file.")
    return source.strip("\n")


def _refused(message: str) -> Invalid:
    return Invalid(message, FIELD)


def _plain(data: bytes) -> str:
    if data.startswith(_OTHER_FILES):
        raise _refused("This file is no plain text, whatever its name says. Save it as .txt or .docx.")
    return _decoded(data)


def _page(data: bytes) -> str:
    if data.startswith(_OTHER_FILES):
        raise _refused("This file is no HTML, whatever its name says.")
    source = _decoded(data)
    if source.count("<") > MOST_TAGS:
        raise _refused("This page is too long for one chapter. Split it, please.")
    if not any(match["name"].lower() in tags.KNOWN for match in tags.TAG.finditer(source)):
        raise _refused("There is no HTML in this file. If it is plain text, name it .txt.")
    return html_to_markdown(source)


def _decoded(data: bytes) -> str:
    """The text of a file: as its byte order mark says, else UTF-8, else as it declares, else Windows-1252."""
    for encoding in _encodings(data):
        try:
            source = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(source):
            return _bounded(source)
    raise _refused("We can't tell how this file's letters are encoded. Save it as UTF-8, please.")


def _encodings(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    yield "utf-8-sig"
    declared = _CHARSET.search(data[:2048])
    if declared and re.fullmatch(rb"(?i)(?:iso-8859|windows|cp|koi8|shift_jis|euc|gb|big5)[\w-]*", declared[1]):
        yield declared[1].decode("ascii")
    yield "cp1252"


def _bounded(source: str) -> str:
    if len(source) > LARGEST_TEXT:
        raise _refused("This file is too long for one chapter. Split it, please.")
    return source


# Word ---------------------------------------------------------------------------------------------------------


def _word(data: bytes) -> str:
    if not data.startswith(b"PK\x03\x04"):
        raise _refused(
            "This file is no .docx, whatever its name says. Open it in your word processor and save it anew."
        )
    try:
        result = mammoth.convert_to_html(_repacked(data), style_map=_STYLES, convert_image=_no_image)
    except Invalid:
        raise
    except Exception as error:  # whatever a damaged or hostile file makes two foreign parsers stumble over
        raise _refused("This .docx is damaged. Open it in your word processor and save it anew.") from error
    return html_to_markdown(_bounded(_FOOTNOTE_ARROW.sub("", result.value)))


def _no_image(_: object) -> list[object]:
    return []


def _repacked(data: bytes) -> IO[bytes]:
    """The archive again with nothing in it but the XML that makes the text, each part unpacked and looked at."""
    small = io.BytesIO()
    room, left = LARGEST_XML, MOST_TAGS
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(small, "w") as kept:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise _refused("This .docx has too many parts in it.")
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names:
            raise _refused("This file is a zip archive, but no .docx.")
        for part in filter(_makes_text, parts):
            xml = _unpacked(archive, part, room)
            room -= len(xml)
            xml = _NOISE.sub(b"", xml)
            left -= xml.count(b"<") + xml.count(b"/>")
            if left < 0 or max(map(len, xml.split(b"<"))) > LONGEST_PIECE:
                raise _refused("This .docx is too long for one chapter. Split it, please.")
            if part.filename in names:  # of two parts with one name the first counts
                kept.writestr(part.filename, xml)
                names.discard(part.filename)
    small.seek(0)
    return small


def _makes_text(part: zipfile.ZipInfo) -> bool:
    if part.filename.startswith(("customXml/", "docProps/", "word/theme/", "word/media/", "word/fonts/")):
        return False
    return part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(
        ("word/comments", "word/header")
    )


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """One part. What it says of its size is checked first, and never more than that is unpacked."""
    if part.file_size > room:
        raise _refused("This .docx unpacks to far more than a chapter. Split it, please.")
    with archive.open(part) as stream:
        xml = stream.read(room + 1)
    if len(xml) > room:
        raise _refused("This .docx unpacks to far more than a chapter. Split it, please.")
    if b"\x00" in xml or b"<!" in xml or b"<?" in xml[4:]:  # after a byte order mark
        raise _refused("This .docx declares things that no word processor writes. Save it anew, please.")
    return xml


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _plain,
    ".markdown": _plain,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".docx": _word,
}
