// The chapter page's comforts: words survive a dropped tab, and a selected passage can be quoted in the review.
// Everything works without this file; it only ever touches the box and this browser's own storage.

const PREFIX = "feedback:draft:";
const LONGEST_QUOTE = 1000;

/** What is kept for one chapter: {reader, body, visibility, sent}, or null. Storage may be off or full. */
function load(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function store(key, kept) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(kept));
  } catch {
    // Private windows and full disks: the words are still in the box.
  }
}

function forget(isFor) {
  try {
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    for (const name of keys) {
      const key = name.slice(PREFIX.length);
      if (isFor(load(key), key)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing is kept where there is no storage.
  }
}

/** Keep the box's words while they are typed, and put them back after a dropped tab. */
function keepWords(form) {
  const { draft: key, reader } = form.dataset;
  const box = form.elements.body;
  // Words of someone who has logged out since, here or in another tab, are not shown to who comes next.
  forget((kept) => !kept || (kept.reader && kept.reader !== reader));
  const kept = load(key);
  if (kept && !box.value.trim()) {
    box.value = kept.body;
    for (const choice of form.querySelectorAll("[name=visibility]")) choice.checked = choice.value === kept.visibility;
  }
  const keep = (sent) => {
    if (box.value.trim()) {
      store(key, { reader, body: box.value, visibility: form.elements.visibility.value, sent });
    } else {
      forget((_, other) => other === key);
    }
  };
  form.addEventListener("input", () => keep(false));
  // Not cleared yet: the line may drop now. The review's own page says that it arrived.
  form.addEventListener("submit", () => keep(true));
  document.querySelector("form.discard")?.addEventListener("submit", () => forget((_, other) => other === key));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** The selected words as a quotation: "> " before each paragraph. "" when nothing of the chapter is selected. */
function quotation(chapter) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const { startContainer, endContainer } = selection.getRangeAt(0);
  if (!chapter.contains(startContainer) || !chapter.contains(endContainer)) return "";
  const words = selection.toString().trim();
  if (!words || words.length > LONGEST_QUOTE) return "";
  return words.split(/\s*\n\s*/).map((line) => `> ${line}`).join("\n");
}

/** Add a quotation to the box, on lines of its own, with the cursor after it. */
function insert(box, quote) {
  const before = box.value.trimEnd();
  box.value = `${before}${before ? "\n\n" : ""}${quote}\n\n`;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Just below what is selected, inside of the window's width. */
function placeBelow(button, selected) {
  const room = document.documentElement.clientWidth - button.offsetWidth - 8;
  button.style.top = `${selected.bottom + scrollY + 8}px`;
  button.style.left = `${Math.max(8, Math.min(selected.left + scrollX, room))}px`;
}

/** Offer "Quote in my review" while a passage of the chapter is selected. */
function offerQuotes(chapter, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quote-button";
  button.textContent = "Quote in my review";
  button.hidden = true;
  // Right after the chapter, so that the next Tab from a selection made with the keyboard finds it.
  chapter.after(button);
  document.addEventListener("selectionchange", () => {
    button.hidden = !quotation(chapter);
    if (!button.hidden) placeBelow(button, getSelection().getRangeAt(0).getBoundingClientRect());
  });
  // A press would otherwise drop the selection before the click sees it.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const quote = quotation(chapter);
    if (quote) insert(box, quote);
    getSelection().removeAllRanges();
    box.focus();
  });
}

const form = document.querySelector("form.review-form[data-draft]");
const chapter = document.getElementById("chapter-text");
if (form) keepWords(form);
if (form && chapter) offerQuotes(chapter, form.elements.body);

const posted = document.querySelector("[data-posted]")?.dataset.posted;
if (posted) forget((kept, key) => !kept || (key === posted && kept.sent));

for (const out of document.querySelectorAll('form[action="/logout"]')) {
  out.addEventListener("submit", () => forget(() => true));
}
