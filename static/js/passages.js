// Beside words selected in a turn: copy a link to them, or the words with their citation. Without this script the form
// on the page of the turn does the same. Copying is in copy.js.
const MOST_SENT = 200; // characters of the words, by which the archive knows the text that is meant

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const characters = (text) => [...text].length; // as the archive counts them

// What of a range lies in an element: the words, and how many characters stand before them.
function within(range, holder) {
  if (!range.intersectsNode(holder)) return { words: "", before: 0 };
  const inside = document.createRange();
  inside.selectNodeContents(holder);
  const before = inside.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
  before.setEnd(inside.startContainer, inside.startOffset);
  return { words: inside.toString(), before: characters(before.toString()) };
}

// The words of a range in one turn, with their place in its text, in which an empty line parts the paragraphs.
function chosenIn(range, turn) {
  const chosen = { turn, words: "", start: 0, end: 0 };
  let passed = 0;
  for (const paragraph of turn.querySelectorAll(".speech > p")) {
    const { words, before } = within(range, paragraph);
    if (words.trim()) {
      if (chosen.words) chosen.words += "\n\n";
      else chosen.start = passed + before;
      chosen.words += words;
      chosen.end = passed + before + characters(words);
    }
    passed += characters(paragraph.textContent) + 2;
  }
  return chosen.words ? chosen : null;
}

function chosenWords() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [first, ...others] = [...document.querySelectorAll(".turn")].map((turn) => chosenIn(range, turn)).filter(Boolean);
  return first && { ...first, goesOn: others.length > 0, box: range.getBoundingClientRect(), ends: [...range.getClientRects()].at(-1) };
}

const tools = element("div", { class: "passage-tools", role: "group", lang: "en", dir: "ltr" });
const note = element("p", { class: "meta" });
let chosen;
let isReached = false; // Tab leads here from newly selected words, once, and on from here as ever

async function fetchWords({ turn, words, start, end }, wanted) {
  const address = new URL("passage/", turn.querySelector(".number a").href);
  address.search = new URLSearchParams({ start, end, words: [...words].slice(0, MOST_SENT).join("") });
  const answer = await fetch(address);
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error);
  return found[wanted];
}

function button(label, wanted) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", () => {
    const words = fetchWords(chosen, wanted);
    copyText(words).then(
      () => sayCopied(made, "Copied"),
      () => words.then(
        () => sayCopied(made, "The browser does not let this page copy"),
        (error) => sayCopied(made, error instanceof SyntaxError || error instanceof TypeError ? "The archive did not answer" : error.message),
      ),
    );
  });
  return made;
}

function hide() {
  tools.hidden = true;
}

function show() {
  const { turn, box, ends, goesOn } = chosen;
  const name = turn.getAttribute("aria-label");
  tools.setAttribute("aria-label", `Selected words of ${name.toLowerCase()}`);
  note.textContent = goesOn ? `Only the words of ${name.toLowerCase()}: a link names words of one turn.` : "";
  note.hidden = !goesOn;
  tools.hidden = false;
  turn.append(tools);
  const around = turn.getBoundingClientRect();
  const place = (ends ?? box).right - around.left - tools.offsetWidth / 2;
  const bottom = Math.min((ends ?? box).bottom, window.innerHeight - tools.offsetHeight - 16);
  tools.style.left = `${Math.max(0, Math.min(place, around.width - tools.offsetWidth))}px`;
  tools.style.top = `${bottom - around.top + 8}px`;
}

function update() {
  if (tools.contains(document.activeElement)) return;
  const found = chosenWords();
  if (found) {
    if (found.turn !== chosen?.turn || found.start !== chosen.start || found.end !== chosen.end) isReached = false;
    chosen = found;
    show();
  } else {
    hide();
  }
}

let timer;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(update, 200); // while words are being selected nothing moves
}

tools.append(button("Copy link", "link"), button("Copy quotation", "quotation"), note);
tools.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
tools.addEventListener("focusout", soon);
hide();
document.addEventListener("selectionchange", soon);
document.addEventListener("keydown", (event) => {
  if (tools.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    hide();
    document.getSelection().removeAllRanges();
  } else if (event.key === "Tab" && !event.shiftKey && !isReached && !event.target.matches("input, textarea, select")) {
    isReached = true;
    event.preventDefault();
    tools.querySelector("button").focus();
  }
});

// Where the browser has not gone to the marked words by itself, knowing no text fragments, the page opens at them.
window.addEventListener("load", () => {
  const marked = document.getElementById("passage");
  if (!marked || location.hash || window.scrollY > 0) return;
  if (marked.getBoundingClientRect().bottom > window.innerHeight) marked.scrollIntoView({ block: "center" });
});
