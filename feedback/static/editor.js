// The chapter editor's comfort: words that were not saved survive a dropped tab, a crash and an ended session.
// They stay in this browser's own storage and come back only when asked.

const PREFIX = "feedback:chapter:";
const FIELDS = ["title", "notes_before", "body", "notes_after"];
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const PAUSE = 400; // milliseconds without a keystroke before storing: a long chapter is not stored letter by letter

const key = PREFIX + location.pathname;
const form = document.getElementById("edit");

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Private windows and full disks: the words are still in the form.
  }
}

/** Words of whoever was logged in here before, and words of long ago, are not shown to who comes next. */
function tidy(writer) {
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const kept = load(name);
      if (kept?.writer !== writer || Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(name);
    }
  } catch {
    // Nothing is kept where there is no storage.
  }
}

function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

function words() {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
}

/** Whether the form holds these words, but for the spaces and line ends that saving puts in order. */
function holds(kept) {
  const now = words();
  const flat = (text) => text.replace(/\s+/g, " ").trim();
  return FIELDS.every((name) => flat(kept.words[name] ?? "") === flat(now[name]));
}

function offer(kept) {
  const notice = document.getElementById("unsaved");
  notice.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  notice.hidden = false;
  notice.addEventListener("click", ({ target }) => {
    if (target.name === "restore") for (const name of FIELDS) form.elements[name].value = kept.words[name] ?? "";
    if (target.name === "forget") forget();
    if (target.name) notice.hidden = true;
  });
}

function begin() {
  const { writer, saved } = form.dataset;
  tidy(writer);
  const last = form.elements.last?.value ?? "";
  const kept = load(key);
  // A chapter more than there was: what was kept for the new one has become it.
  const arrived = kept && kept.last !== last;
  if (kept && (arrived || (saved && holds(kept)))) forget();
  else if (kept && !holds(kept)) offer(kept);

  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    store({ writer, last, words: words(), at: Date.now() });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  addEventListener("pagehide", () => timer && keep());
}

if (form) begin();
