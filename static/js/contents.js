// Marks in the contents where the reader is, keeps that entry in view, and closes the sheet when something is chosen.
// Without this script the contents are links, and the sheet is closed by its button or beside it.
const contents = document.getElementById("contents");
const entries = new Map();
if (contents) for (const link of contents.querySelectorAll("a[href^='#']")) entries.set(link.hash.slice(1), link);
const turns = [...document.querySelectorAll(".turn[id]")];
const READING_LINE = 0.25; // of the height of the window: what reaches above it is being read
let current = null;

function keepInView(link) {
  const { top, bottom } = link.getBoundingClientRect();
  const frame = contents.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) contents.scrollTop += top - frame.top - frame.height / 3;
}

function mark(link) {
  if (link === current) return;
  current?.removeAttribute("aria-current");
  current = link;
  document.querySelector(".to-contents .where").textContent = link ? link.querySelector(".number").textContent : "";
  if (!link) return;
  link.setAttribute("aria-current", "location");
  keepInView(link);
}

function entryOf(turn) {
  for (let place = turns.indexOf(turn); place >= 0; place -= 1) {
    const link = entries.get(turns[place].id);
    if (link) return link;
  }
  return null;
}

function follow() {
  const observer = new IntersectionObserver(
    (changes) => {
      const reached = changes.filter((change) => change.isIntersecting).at(-1);
      if (reached) mark(entryOf(reached.target));
    },
    { rootMargin: `-${100 * READING_LINE}% 0px -${100 * (1 - READING_LINE) - 1}% 0px` },
  );
  for (const turn of turns) observer.observe(turn);
}

function choose(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link || !contents.matches(":popover-open")) return;
  contents.hidePopover();
  // The browser goes to the turn itself, and takes the focus away; then the keyboard goes on from there.
  setTimeout(() => document.querySelector(`${link.hash} .number a`)?.focus({ preventScroll: true }));
}

if (contents) {
  follow();
  contents.addEventListener("click", choose);
  contents.addEventListener("toggle", (event) => event.newState === "open" && current && keepInView(current));
}
