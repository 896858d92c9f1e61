"""Files an author uploads become Markdown source, or are refused in a sentence."""

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import sanitize, text
from feedback.errors import Invalid
from feedback.library.documents import html_to_markdown, read_upload
from tests.library.word_file import document, docx, paragraph, run

SERIAL = Path(__file__).parents[3] / "shared" / "serial"


@pytest.mark.parametrize(
    ("name", "data", "source"),
    [
        pytest.param("a.txt", b"One.\r\n\r\nTwo.\r\n", "One.\n\nTwo.", id="txt"),
        pytest.param("A.TXT", "“Ça”".encode(), "“Ça”", id="UTF-8"),
        pytest.param("a.txt", "“Ça”".encode("utf-8-sig"), "“Ça”", id="UTF-8 with a mark"),
        pytest.param("a.txt", "“Ça”".encode("utf-16"), "“Ça”", id="UTF-16 with a mark"),
        pytest.param("a.txt", "“Ça”".encode("cp1252"), "“Ça”", id="Windows-1252"),
        pytest.param("a.md", b"# One\n\n*so*", "# One\n\n*so*", id="md"),
        pytest.param("C:\\story\\a.htm", b"<p>One</p><p><i>Two</i></p>", "One\n\n*Two*", id="htm"),
        pytest.param("a.html", '<meta charset="koi8-r"><p>да</p>'.encode("koi8-r"), "да", id="declared encoding"),
        pytest.param("a.docx", docx(document(paragraph(run("Hi")))), "Hi", id="docx"),
    ],
)
def test_a_file_is_read(name, data, source):
    assert read_upload(name, data) == source


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.pdf", b"%PDF-1.7", id="another kind"),
        pytest.param("a", b"words", id="no ending"),
        pytest.param("", b"words", id="no name"),
        pytest.param(".docx", b"PK\x03\x04", id="nothing but an ending"),
        pytest.param("a.txt", b"", id="empty"),
        pytest.param("a.txt", b" \r\n \xef\xbb\xbf", id="nothing to see"),
        pytest.param("a.txt", docx(document(paragraph(run("Hi")))), id="a docx named txt"),
        pytest.param("a.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", id="a pdf named md"),
        pytest.param("a.txt", b"{\\rtf1\\ansi Hi}", id="an rtf named txt"),
        pytest.param("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", id="an old doc named txt"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n", id="a picture named txt"),
        pytest.param("a.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", id="a program named txt"),
        pytest.param("a.txt", "words".encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param("a.txt", b"caf\x81\x8d\x9d", id="bytes no encoding has"),
        pytest.param("a.html", b"just words", id="words named html"),
        pytest.param("a.html", b"PK\x03\x04<p>x</p>", id="a zip named html"),
        pytest.param("a.html", b"<script>only()</script>", id="html with nothing to see"),
        pytest.param("a.html", b"<p>x" * 160_001, id="a page for ten chapters"),
        pytest.param("a.docx", b"just words", id="words named docx"),
        pytest.param("a.docx", b"PK\x03\x04 and then nothing", id="a broken zip"),
        pytest.param("a.docx", docx(document(paragraph(run("Hi"))))[:-40], id="a zip cut off"),
        pytest.param("a.docx", docx("<w:document>"), id="broken XML"),
        pytest.param("a.docx", docx(document("")), id="a docx without text"),
        pytest.param("a.docx", docx(document(paragraph(run("Hi"))).encode("utf-16")), id="XML that hides as UTF-16"),
        pytest.param(
            "a.docx", docx(document("<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>")), id="deep"
        ),
        pytest.param("a.txt", b"x" * 4_000_001, id="a text for ten chapters"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data):
    with pytest.raises(Invalid) as refused:
        read_upload(name, data)
    assert refused.value.field == "file"
    assert refused.value.message.endswith(".")


def test_a_zip_that_is_no_word_file():
    other = docx("x").replace(b"[Content_Types].xml", b"[Content_Typos].xml")
    with pytest.raises(Invalid, match="zip archive"):
        read_upload("a.docx", other)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(docx(document(paragraph(run("&b;")), before=ENTITIES)), id="entities that multiply"),
        pytest.param(
            docx(document(paragraph(run("&f;")), before='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>')),
            id="an entity that is a file",
        ),
        pytest.param(
            docx(document(paragraph(run("x"))), word__styles_dot_xml=ENTITIES + "<x/>"), id="in another part"
        ),
    ],
)
def test_a_word_file_declares_no_entities(data):
    with pytest.raises(Invalid, match="no word processor"):
        read_upload("a.docx", data)


def test_a_zip_bomb_is_not_unpacked():
    bomb = docx(document(paragraph(run("x"))), word__footnotes_dot_xml=b" " * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Invalid, match="far more than a chapter"):
        read_upload("a.docx", bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked():
    """Its directory says 100 bytes; whoever unpacks it gets 60 million, or an archive that does not add up."""
    honest = docx(document(paragraph(run("x"))), word__footnotes_dot_xml=b" " * 60_000_000)
    size = (60_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises(Invalid, match="damaged"):
        read_upload("a.docx", honest.replace(size, (100).to_bytes(4, "little")))


def test_a_bomb_in_a_part_that_makes_no_text_is_never_opened():
    data = docx(document(paragraph(run("Hi"))), word__media__image1_dot_png=b"\0" * 60_000_000)
    assert read_upload("a.docx", data) == "Hi"


def test_too_many_parts_and_too_many_elements():
    with pytest.raises(Invalid, match="parts"):
        read_upload("a.docx", docx(document(""), **{f"word__x{n}_dot_xml": "" for n in range(2_000)}))
    with pytest.raises(Invalid, match="too long"):
        read_upload("a.docx", docx(document("<w:p/>" * 120_001)))


@pytest.mark.parametrize("piece", ["<!--" + ">" * 9 + "-->", "<?x " + ">" * 9 + "?>"], ids=["comment", "instruction"])
def test_a_word_file_holds_no_comments_or_instructions(piece):
    with pytest.raises(Invalid, match="no word processor"):
        read_upload("a.docx", docx(document(paragraph(run("x")) + piece)))


def test_a_byte_order_mark_is_fine():
    assert read_upload("a.docx", docx(document(paragraph(run("Hi"))).encode("utf-8-sig"))) == "Hi"


def test_a_tag_of_a_megabyte_is_too_long():
    """Older parsers read it again and again, in quadratic time."""
    with pytest.raises(Invalid, match="too long"):
        read_upload("a.docx", docx(document(f'<w:p w:x="{">" * 1_100_000}"/>')))


def test_the_noise_word_writes_does_not_count():
    noise = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="x"/>' * 100_000
    assert read_upload("a.docx", docx(document(noise + paragraph(run("Hi"))))) == "Hi"


def test_an_encrypted_part_is_damage():
    data = bytearray(docx(document(paragraph(run("Hi")))))
    with zipfile.ZipFile(__import__("io").BytesIO(bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    data[start + 6] |= 1
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4) + 4)
    data[directory + 8] |= 1
    with pytest.raises(Invalid, match="damaged"):
        read_upload("a.docx", bytes(data))


def test_what_word_writes():
    body = (
        paragraph(run("The Letter"), style="Heading1")
        + paragraph(run("He said "), run("no", "i"), run(". "), run("Twice", "b"), run("! "), run("gone", "strike"))
        + paragraph(run("* * *"))
        + paragraph(run("“Well,”\u00a0she said * 2 _so_ &amp; &lt;b&gt;"))
    )
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    source = read_upload("a.docx", docx(document(body), word__styles_dot_xml=styles))
    assert sanitize.chapter_html(source).html == (
        "<h2>The Letter</h2>\n<p>He said <em>no</em>. <strong>Twice</strong>! <s>gone</s></p>\n<hr>\n"
        "<p>“Well,”&nbsp;she said * 2 _so_ &amp; &lt;b&gt;</p>"
    )


@pytest.mark.parametrize(
    ("html", "source"),
    [
        pytest.param("<p>One</p><p>Two</p>", "One\n\nTwo", id="paragraphs"),
        pytest.param("<p class=MsoNormal style='margin:0'>a\nb<o:p></o:p></p>", "a b", id="Word's HTML"),
        pytest.param("<!--[if gte mso 9]><xml>x</xml><![endif]--><p>a</p>", "a", id="Word's comments"),
        pytest.param(
            '<b style="font-weight:normal" id="docs-internal-guid-1"><p>a</p></b>', "a", id="Google Docs' wrapper"
        ),
        pytest.param('<span style="font-style:italic">a</span> b', "*a* b", id="Google Docs' italics"),
        pytest.param('<span style="font-weight:700">a</span>', "**a**", id="Google Docs' bold"),
        pytest.param(
            '<span style="text-decoration:line-through">a</span>', "~~a~~", id="Google Docs' strike-through"
        ),
        pytest.param("<span style='color:red'>a</span>", "a", id="a style that means nothing"),
        pytest.param("<i>so </i>it", "*so* it", id="a space inside the mark"),
        pytest.param("un<em>believ</em>able", "un<em>believ</em>able", id="inside a word"),
        pytest.param("<b><i>a</i></b>", "<strong><em>a</em></strong>", id="both"),
        pytest.param("<h1>A</h1><h5>B</h5>", "## A\n\n### B", id="headings"),
        pytest.param("a<br>b", "a  \nb", id="a line break"),
        pytest.param("a<br><br>b", "a\n\nb", id="two line breaks"),
        pytest.param("<p>a</p><hr/><p>b</p>", "a\n\n* * *\n\nb", id="hr"),
        pytest.param("<p>a</p><p>***</p><p>b</p>", "a\n\n* * *\n\nb", id="a typed scene break"),
        pytest.param("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b", id="a quotation"),
        pytest.param("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "* a\n* b\n  * c", id="lists"),
        pytest.param("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b", id="a numbered list"),
        pytest.param('<a href="https://x.example/_a_">b</a>', None, id="a link"),
        pytest.param('<a href="javascript:1">b</a> <a href="#fn1">c</a>', "b c", id="links that lead nowhere good"),
        pytest.param("<p>&nbsp;</p><p>\u00a0\u00a0\u00a0a</p>", "a", id="indents and empty paragraphs"),
        pytest.param(
            "<p>- a</p><p>1. b</p><p># c</p><p>&gt; d</p>", r"\- a" + "\n\n1\\. b\n\n\\# c\n\n\\> d", id="no markers"
        ),
        pytest.param("<p>*a* _b_ `c` ~~d~~ [f](g)</p>", None, id="no marks"),
        pytest.param("<head><title>x</title></head><body class=a><p>a</p></body>", "a", id="only the body"),
        pytest.param("<img alt=x src=y>a<wbr/>b", "ab", id="no pictures"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb", id="tables fall apart"),
        pytest.param("<q>a</q>", "“a”", id="q"),
        pytest.param("a < b <unknown>c</unknown>", "a < b c", id="what is no tag"),
    ],
)
def test_html_to_markdown(html, source):
    converted = html_to_markdown(html)
    if source is not None:
        assert converted == source
    rendered, direct = sanitize.chapter_html(converted), re.sub("</?unknown>", "", html)
    assert rendered.text.split() == sanitize.chapter_html(direct).text.split()


def test_a_link_keeps_its_address():
    html = sanitize.chapter_html(html_to_markdown('see <a href="https://x.example/_a_(b)">it</a>')).html
    assert 'href="https://x.example/_a_(b)"' in html


_WORDS = st.text("xyzé字 \u00a0*_~`[]()<>\\&#+-.!:=\"'0123456789/", min_size=1, max_size=40).filter(
    lambda s: s.strip("\u00a0 ")
)
_ESCAPES = str.maketrans({"<": "&lt;", "&": "&amp;"})


@given(st.lists(_WORDS, min_size=1, max_size=5))
def test_typed_text_comes_through_html_and_markdown_unchanged(paragraphs):
    """Whatever stands in an HTML paragraph, its Markdown shows the same; nothing in it turns into a mark."""
    html = "".join(f"<p>{words.translate(_ESCAPES)}</p>" for words in paragraphs)
    try:
        direct = sanitize.chapter_html(text.normalise(html))
    except Invalid:
        return
    converted = sanitize.chapter_html(html_to_markdown(html))
    assert converted.text.split() == direct.text.split()
    assert set(re.findall("<[a-z0-9]+", converted.html)) <= {"<p", "<hr", "<a", "<span"}


def test_bars_of_a_document_hide_nothing():
    assert sanitize.chapter_html(html_to_markdown("<p>if a||b or c||d</p>")).html == "<p>if a||b or c||d</p>"


def test_what_stands_behind_a_body_is_left_out():
    assert html_to_markdown("<head><title>x</title></head><body><p>a</p></body>junk") == "a"


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx"]))
def test_any_bytes_are_read_or_refused(data, name):
    for content in (data, b"PK\x03\x04" + data, b"<p>" + data):
        try:
            source = read_upload(name, content)
        except Invalid as refused:
            source = refused.message
        assert source == text.normalise(source)


@pytest.mark.skipif(not SERIAL.is_dir(), reason="the real serial is not beside this checkout")
@pytest.mark.parametrize("number", range(1, 9))
def test_a_real_chapter_uploaded_shows_what_it_shows_pasted(number):
    data = (SERIAL / f"chapter-{number}.xhtml").read_bytes()
    uploaded = sanitize.chapter_html(read_upload("chapter.xhtml", data))
    assert uploaded == sanitize.chapter_html(text.normalise(data.decode()))
