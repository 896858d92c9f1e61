"""Pasting into the chapter editor in a real browser: rich text becomes Markdown, and undo takes it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Server, free_port

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def editor(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The editor of a new chapter, once for all tests of this file."""
    server = Server(tmp_path_factory.mktemp("paste") / "instance", free_port())
    server.start()
    context = browser.new_context(base_url=server.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/register?next=/works/new")
    for name, value in (("username", "Mara"), ("password", PASSWORD), ("password2", PASSWORD)):
        page.fill(f"[name={name}]", value)
    page.click("main form button:not([name])")
    page.goto("/works/new")
    page.fill("[name=title]", "The Salt Road")
    page.click("button.primary")
    page.goto(f"{page.url}/chapters/new")
    yield page
    context.close()
    server.stop()


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0cm} --></style>
</head><body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal>The <i style='mso-bidi-font-style:normal'>mules</i> would
not cross<span style='mso-spacerun:yes'> </span>the <b>ford</b>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal align=center>* * *<o:p></o:p></p>
<p class=MsoNormal>By noon it rained.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span>salt<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>2.</span>rope</p>
<!--EndFragment--></body></html>"""

GOOGLE_DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
    '<span style="font-style:italic;font-weight:400">Leave</span><span style="font-weight:400"> them.</span></p><br>'
    '<h2><span style="font-weight:700">Noon</span></h2><ul><li><p><span>salt</span></p></li><li><p>'
    '<span style="font-weight:700">rope</span></p></li></ul></b>'
)

TURNED = [
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("<p><em>a</em> <strong>b</strong> <s>c</s> <b><i>d</i></b></p>", "*a* **b** ~~c~~ ***d***"),
    ("<p>so<i> fine </i>a day</p>", "so *fine* a day"),
    ("<p>un<i>believ</i>able</p>", "un*believ*able"),
    ("<p>he said<i>“no”</i>again</p>", "he said<em>“no”</em>again"),
    ("<p><i>one</i><b>two</b></p>", "*one*<strong>two</strong>"),
    ("<p><s>a~</s> b~~c <s>“d”</s>e</p>", r"~~a\~~~ b\~\~c <s>“d”</s>e"),
    ("<p><i>one </i><i>two</i></p>", "*one two*"),
    ("<h1>Part</h1><h2>One</h2><h4>a</h4>", "## Part\n\n## One\n\n### a"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n\n  - c"),
    ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
    ('<p><a href="https://example.org/x">there</a></p>', "[there](https://example.org/x)"),
    ('<p><a href="javascript:alert(1)">there</a> <a href="#_ftn1">1</a></p>', "there 1"),
    ("<p>a</p><hr><p>b</p>", "a\n\n* * *\n\nb"),
    ("<p>a</p><p>***</p><p>b</p><p>#</p>", "a\n\n***\n\nb\n\n#"),
    (
        "<p>2*3 and *that* `x` [y](z) a_b _c_ &lt;b&gt; &amp;amp;</p>",
        r"2\*3 and \*that\* \`x\` \[y](z) a_b \_c\_ \<b> \&amp;",
    ),
    ("<p># one</p><p>- two</p><p>3. three</p><p>&gt; four</p>", "\\# one\n\n\\- two\n\n3\\. three\n\n\\> four"),
    ("roses<br>are red<br><br>violets", "roses\nare red\n\nviolets"),
    (f"{'long ' * 30}<br>{'line ' * 30}", f"{('long ' * 30).strip()}\n\n{('line ' * 30).strip()}"),
    ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
    ("<p>10<sup>th</sup> of H<sub>2</sub>O</p>", "10<sup>th</sup> of H<sub>2</sub>O"),
    ("<p>a&nbsp;b — “c” … ‘d’</p>", "a\u00a0b — “c” … ‘d’"),
    ("<pre>one\ntwo\n\nthree</pre>", "one\ntwo\n\nthree"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
    ("<script>x()</script><style>p{}</style><p>a<img src=x onerror=x()></p>", "a"),
    ("<p> </p><p>&nbsp;</p>", ""),
    (WORD, "The *mules* would not cross the **ford**.\n\n* * *\n\nBy noon it rained.\n\n1. salt\n2. rope"),
    (GOOGLE_DOCS, "*Leave* them.\n\n## Noon\n\n- salt\n- **rope**"),
]


@pytest.mark.parametrize(("html", "expected"), TURNED)
def test_rich_text_becomes_markdown(editor: Page, html: str, expected: str) -> None:
    turned = editor.evaluate(
        "html => import(document.querySelector('script[src$=\"paste.js\"]').src).then(m => m.markdown(html))", html
    )
    assert turned == expected


def copy(page: Page, html: str, plain: str) -> None:
    """Put both forms on the clipboard, as a word processor does."""
    page.evaluate(
        """([html, plain]) => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob([html], {type: 'text/html'}), 'text/plain': new Blob([plain], {type: 'text/plain'}),
        })])""",
        [html, plain],
    )


def test_pasting_goes_in_at_the_cursor_and_undo_takes_it_back(editor: Page) -> None:
    copy(editor, "<p>The <em>mules</em></p><p>would not cross</p>", "The mules\nwould not cross")
    editor.fill("[name=body]", "before  after")
    editor.focus("[name=body]")
    editor.evaluate("document.getElementById('body').setSelectionRange(7, 7)")
    editor.keyboard.press("Control+V")
    assert editor.input_value("[name=body]") == "before The *mules*\n\nwould not cross after"
    editor.keyboard.press("Control+Z")
    assert editor.input_value("[name=body]") == "before  after"


def test_a_whole_chapter_can_be_pasted(editor: Page) -> None:
    paragraphs = [f"{number} The mules would not cross, and the rain *came* down." for number in range(2_000)]
    html = "".join(f"<p>{text.replace('*came*', '<i>came</i>')}</p>" for text in paragraphs)
    copy(editor, html, "")
    editor.fill("[name=body]", "")
    editor.focus("[name=body]")
    editor.keyboard.press("Control+V")
    assert editor.input_value("[name=body]") == "\n\n".join(paragraphs)


def test_plain_text_is_pasted_as_it_is(editor: Page) -> None:
    editor.evaluate("navigator.clipboard.writeText('*one*\\n# two')")
    editor.fill("[name=body]", "")
    editor.focus("[name=body]")
    editor.keyboard.press("Control+V")
    assert editor.input_value("[name=body]") == "*one*\n# two"


def test_without_the_browsers_own_insertion_the_text_still_arrives(editor: Page) -> None:
    editor.fill("[name=body]", "before after")
    editor.evaluate(
        """() => import(document.querySelector('script[src$="paste.js"]').src).then(module => {
            document.execCommand = () => false;
            const box = document.getElementById('body');
            box.setSelectionRange(7, 12);
            module.insert(box, 'now');
            delete document.execCommand;
        })"""
    )
    assert editor.input_value("[name=body]") == "before now"


def test_other_fields_are_left_to_the_browser(editor: Page) -> None:
    copy(editor, "<p>The <em>Ford</em></p>", "The Ford")
    editor.fill("[name=title]", "")
    editor.focus("[name=title]")
    editor.keyboard.press("Control+V")
    assert editor.input_value("[name=title]") == "The Ford"
