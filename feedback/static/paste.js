// Turns rich clipboard content (a word processor's, a web page's) into Markdown when it is pasted into the chapter.
// Plain text is left to the browser. Undo takes the paste back as one step.

const BLOCKS = new Set(
  ("address article aside blockquote body center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
    "header hr li main nav ol p pre section table tbody td tfoot th thead tr ul").split(" "),
);
const SKIPPED = new Set("head style script template title meta link object iframe svg math img picture video audio".split(" "));
const ORNAMENT = /^[\s*#~⁂∗•◆❖§_=–—-]+$/;
const CERTAIN = /[*#~⁂∗◆❖]|(?:\S\s*){3}/;
const LONG = 100; // a longer line was not broken by hand: the break after it ends a paragraph

/** The Markdown of an HTML fragment as the clipboard carries it. Parsing it neither runs nor loads anything. */
export function markdown(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return blocksOf(page.body, {}).join("\n\n");
}

function blocksOf(parent, style) {
  const blocks = [];
  let runs = [];
  const flush = () => {
    blocks.push(...paragraphs(runs));
    runs = [];
  };
  const walk = (node, ways) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) runs.push({ text: spaces(child.data, ways.pre), ways });
      else if (child.nodeType === Node.ELEMENT_NODE) step(child, ways);
    }
  };
  const step = (element, ways) => {
    const name = element.localName;
    if (SKIPPED.has(name) || isListMark(element)) return;
    if (name === "br") runs.push({ br: true, ways });
    else if (isBlock(element)) {
      flush();
      blocks.push(...block(element, changed(element, ways)));
    } else walk(element, changed(element, ways));
  };
  walk(parent, style);
  flush();
  return joinLists(blocks);
}

function isBlock(element) {
  // Google Docs wraps everything in a <b> or <span> that holds paragraphs.
  return BLOCKS.has(element.localName) || element.querySelector("p, div, ul, ol, h1, h2, h3, blockquote, table") !== null;
}

function block(element, ways) {
  const name = element.localName;
  if (name === "hr") return ["* * *"];
  if (/^h[1-6]$/.test(name)) return heading(element, name < "h3" ? "## " : "### ", ways);
  if (name === "blockquote") return quoted(blocksOf(element, ways));
  if (name === "ul" || name === "ol") return list(element, ways);
  if (name === "tr") return [cells(element, ways)].filter(Boolean);
  if (isWordItem(element)) return wordItem(element, ways);
  return blocksOf(element, ways);
}

function heading(element, mark, ways) {
  const words = blocksOf(element, { ...ways, strong: false, heading: true }).join(" ").replace(/\s+/g, " ").trim();
  return words ? [ORNAMENT.test(words) ? words : mark + words] : [];
}

function quoted(blocks) {
  const text = blocks.join("\n\n");
  return text ? [text.replace(/^/gm, "> ").replace(/^> $/gm, ">")] : [];
}

function list(element, ways) {
  const lines = [];
  let number = Number.parseInt(element.getAttribute("start") ?? "1", 10) || 1;
  for (const child of element.children) {
    // Some writers put a nested list beside its item instead of inside.
    if (child.localName === "ul" || child.localName === "ol") {
      lines.push(...list(child, ways).map((text) => text.replace(/^/gm, "   ")));
      continue;
    }
    const mark = element.localName === "ol" ? `${number++}. ` : "- ";
    const text = blocksOf(child, ways).join("\n\n");
    if (text) lines.push(mark + text.replace(/\n(?=[^\n])/g, "\n" + " ".repeat(mark.length)));
  }
  return lines.length ? [lines.join("\n")] : [];
}

function cells(row, ways) {
  return [...row.children].map((cell) => blocksOf(cell, ways).join(" ")).filter(Boolean).join(" ");
}

// Word's lists are paragraphs with the mark as text in front.
function isWordItem(element) {
  return element.localName === "p" && /mso-list:(?!\s*(?:ignore|none))/i.test(element.getAttribute("style") ?? "");
}

function isListMark(element) {
  return /mso-list:\s*ignore/i.test(element.getAttribute("style") ?? "");
}

function wordItem(element, ways) {
  const ignored = [...element.querySelectorAll("[style]")].find(isListMark);
  const mark = /[0-9]+[.)]/.exec(ignored?.textContent ?? "")?.[0].replace(")", ".") ?? "-";
  return blocksOf(element, ways).map((text) => ({ item: `${mark} ${text}` }));
}

/** Word's items that follow each other become one list. */
function joinLists(blocks) {
  const joined = [];
  for (const piece of blocks) {
    if (piece.item && joined.at(-1)?.item) joined.at(-1).item += `\n${piece.item}`;
    else joined.push(piece.item ? { ...piece } : piece);
  }
  return joined.map((piece) => piece.item ?? piece);
}

function changed(element, ways) {
  const name = element.localName;
  const look = `;${element.getAttribute("style") ?? ""}`;
  const next = { ...ways };
  if (["em", "i", "cite", "dfn", "var"].includes(name)) next.em = true;
  if (["strong", "b"].includes(name)) next.strong = true;
  if (["s", "strike", "del"].includes(name)) next.s = true;
  if (name === "sup" || name === "sub") next.raised = name;
  if (name === "a") next.href = target(element);
  if (name === "pre" || /white-space:\s*(?:pre|break-spaces)/i.test(look)) next.pre = name === "pre";
  if (/;\s*font-style:\s*(?:italic|oblique)/i.test(look)) next.em = true;
  if (/;\s*font-style:\s*normal/i.test(look)) next.em = false;
  if (/;\s*font-weight:\s*(?:bold|[6-9]00)/i.test(look)) next.strong = true;
  if (/;\s*font-weight:\s*(?:normal|lighter|[1-5]00)/i.test(look)) next.strong = false;
  if (/;\s*text-decoration[^;]*line-through/i.test(look)) next.s = true;
  if (/;\s*vertical-align:\s*su(?:per|b)/i.test(look)) next.raised = /super/i.test(look) ? "sup" : "sub";
  if (next.heading) next.strong = false; // it is bold by being a heading
  return next;
}

function target(link) {
  const href = (link.getAttribute("href") ?? "").trim();
  return /^(?:https?:\/\/|mailto:)[^\s<>()]+$/i.test(href) ? href : "";
}

function spaces(text, pre) {
  return pre ? text : text.replace(/[ \t\r\n\f]+/g, " ");
}

/** The paragraphs in a row of runs: two breaks end one, and so does a break in text that has long lines. */
function paragraphs(runs) {
  const lines = [[]];
  for (const run of runs) {
    if (run.br) lines.push([]);
    else if (run.ways.pre && run.text.includes("\n")) {
      const [first, ...rest] = run.text.split("\n");
      lines.at(-1).push({ ...run, text: first });
      for (const text of rest) lines.push([{ ...run, text }]);
    } else lines.at(-1).push(run);
  }
  const written = lines.map(line);
  const between = written.some((text) => text.length > LONG) ? "\n\n" : "\n";
  return written.join(between).split(/\n{2,}/).map((text) => text.replace(/^\n+|\n+$/g, "")).filter(Boolean);
}

function line(runs) {
  const plain = runs.map((run) => run.text).join("");
  if (!plain.replace(/[\s\u00a0\u200b\ufeff]/g, "")) return "";
  if (ORNAMENT.test(plain) && CERTAIN.test(plain)) return plain.trim().replace(/\s+/g, " ");
  return atLineStart(trimmed(merged(runs)).map(write).join("").trim());
}

/** Neighbouring runs that look alike become one, and no run has two spaces where one was meant. */
function merged(runs) {
  const found = [];
  for (const run of runs) {
    const last = found.at(-1);
    const text = last && / $/.test(last.text) ? run.text.replace(/^ +/, "") : run.text;
    if (!text) continue;
    if (last && alike(last.ways, run.ways)) last.text += text;
    else found.push({ text, ways: run.ways });
  }
  return found;
}

function alike(one, other) {
  return ["em", "strong", "s", "raised", "href"].every((way) => (one[way] || "") === (other[way] || ""));
}

/** Spaces stand outside of the marks: `*word* `, not `*word *`. */
function trimmed(runs) {
  const found = [];
  for (const { text, ways } of runs) {
    const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
    if (before) found.push({ text: before, ways: {} });
    if (words) found.push({ text: words, ways });
    if (after && words) found.push({ text: after, ways: {} });
  }
  return found;
}

function write({ text, ways }, place, runs) {
  if (!text.trim()) return text;
  const last = runs[place - 1];
  const touches = last?.ways.em || last?.ways.strong || last?.ways.s; // spaces are runs of their own, without ways
  const around = { text, before: last?.text ?? "", after: runs[place + 1]?.text ?? "", touches };
  let written = escaped(text, ways);
  if (ways.raised) written = `<${ways.raised}>${written}</${ways.raised}>`;
  if (ways.s) written = marked(written, "~~", "s", around);
  if (ways.em) written = marked(written, "*", "em", around);
  if (ways.strong) written = marked(written, "**", "strong", around);
  return ways.href ? `[${written}](${ways.href})` : written;
}

/** Markdown's marks only work at the edge of a word and apart; elsewhere the tag itself says what is meant. */
function marked(written, mark, tag, { text, before, after, touches }) {
  const inside =
    (/[\p{L}\p{N}]$/u.test(before) && /^[\p{P}\p{S}]/u.test(text)) ||
    (/^[\p{L}\p{N}]/u.test(after) && /[\p{P}\p{S}]$/u.test(text)) ||
    /:\/\/\S*$/.test(before + text); // the mark would be taken for a part of the address
  return inside || touches ? `<${tag}>${written}</${tag}>` : `${mark}${written}${mark}`;
}

function escaped(text, { s }) {
  return text
    .replace(/[\\*`]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(s ? /~/g : /~{2,}/g, (marks) => marks.replaceAll("~", "\\~"))
    .replace(/\|\|/g, "\\|\\|")
    .replace(/\[(?=[^\]]*\]\()/g, "\\[")
    .replace(/<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&");
}

/** What would begin a heading, a quotation or a list there is only text. */
function atLineStart(text) {
  return text.replace(/^(?=#{1,6}\s|>|[-+]\s)/, "\\").replace(/^(\d{1,9})([.)])(?=\s)/, "$1\\$2");
}

/** Put `text` in place of the selection, so that undo takes it back as one step. */
export function insert(box, text) {
  const [start, end, before] = [box.selectionStart, box.selectionEnd, box.value];
  const after = before.slice(0, start) + text + before.slice(end);
  box.focus();
  // insertText takes a step for every newline, each over all of the text: 15 s for a chapter in Chromium. insertHTML
  // takes one. In a textarea it inserts nothing but the text, and where it does not, the next way is taken.
  const escapedText = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  if (document.execCommand("insertHTML", false, `<pre>${escapedText}</pre>`) && box.value === after) return;
  if (box.value === before && document.execCommand("insertText", false, text)) return;
  box.value = before;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}

// A code editor copies coloured HTML of what is plain text, perhaps Markdown already.
function isPlain(data, html) {
  return data.types.includes("vscode-editor-data") || /^[^]{0,400}<(?:div|pre)[^>]*white-space:\s*pre[;"]/i.test(html);
}

function paste(event) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!html || isPlain(event.clipboardData, html)) return;
  const text = markdown(html);
  if (!text) return;
  event.preventDefault();
  insert(event.currentTarget, text);
}

document.getElementById("body")?.addEventListener("paste", paste);
