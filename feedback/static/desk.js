// Keys for the desk. Every one presses a control that is on the page anyway; without this file all of it still works.

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const remarks = () => [...document.querySelectorAll("[data-desk] .remark")];
const current = () => document.querySelector("[data-desk] .remark.current");

function go(remark) {
  if (!remark) return;
  current()?.classList.remove("current");
  remark.classList.add("current");
  remark.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  remark.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

function step(by) {
  const all = remarks();
  const at = all.indexOf(current());
  go(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

// Presses the control of the remark one is at that is marked with this key.
function press(key) {
  const remark = current() ?? remarks()[0];
  const control = remark?.querySelector(`[data-key="${key}"]`);
  if (control) control.click();
}

function showKeys() {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  keys.open = !keys.open;
  if (keys.open) keys.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => press("x"),
  t: () => press("t"),
  d: () => press("d"),
  l: () => press("l"),
  s: () => press("s"),
  u: () => document.querySelector('.undo [data-key="u"]')?.click(),
  "/": () => document.querySelector('input[data-key="/"]')?.focus(),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  const act = KEYS[event.key];
  if (!act || typing(event.target)) return;
  event.preventDefault();
  act();
});

// Selecting with the mouse or by tab makes a remark the one the keys speak of.
document.addEventListener("focusin", (event) => {
  const remark = event.target.closest?.("[data-desk] .remark");
  if (remark && remark !== current()) {
    current()?.classList.remove("current");
    remark.classList.add("current");
  }
});

// After a change the page comes back at the next remark: the keys go on from there.
const spot = location.hash.startsWith("#remark-") && document.getElementById(location.hash.slice(1));
if (spot) go(spot);
