"""Word files made by hand, part by part, so that tests can make them wrong in one place."""

import io
import zipfile

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs as ``run`` makes them."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(words: str, *looks: str) -> str:
    """Words in one look: ``i``, ``b``, ``strike``."""
    properties = "".join(f"<w:{look}/>" for look in looks)
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def document(body: str, before: str = "") -> str:
    """The main part around a body; ``before`` goes between the XML declaration and the root."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>'
    )


def docx(main: str | bytes, **others: str | bytes) -> bytes:
    """The archive. ``others`` are more parts, by name with ``__`` for ``/`` and ``_dot_`` for ``.``."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS,
        "word/document.xml": main,
    } | {name.replace("__", "/").replace("_dot_", "."): part for name, part in others.items()}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()
