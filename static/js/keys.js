// Single keys as an extra: j and k go from question to question (else from page to page), / searches, ? tells of them.
// They do nothing while one types or holds another key, and can be switched off for good.
const help = document.getElementById("keys");
const opener = document.getElementById("show-keys");
const switchedOn = document.getElementById("keys-on");
const OFF = "keys-off";
const TYPING = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";

// A browser may refuse to remember anything; then the choice lasts as long as the page.
function remembered() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function remember(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // It was said above.
  }
}

function goTo(turn) {
  turn.scrollIntoView({ block: "start" });
  turn.querySelector(".number a").focus({ preventScroll: true });
}

function stops() {
  const links = [...document.querySelectorAll("#contents a[href^='#']")];
  return links.map((link) => document.getElementById(link.hash.slice(1))).filter((turn) => turn?.checkVisibility?.() ?? turn);
}

// Where one is: the turn that has the focus, else the last one that begins above the upper part of the window.
function placeAmong(turns) {
  const focused = document.activeElement?.closest(".turn");
  if (focused && Math.abs(focused.getBoundingClientRect().top) < innerHeight) {
    const passed = turns.filter((turn) => turn === focused || turn.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING);
    return { index: passed.length - 1, within: !turns.includes(focused) };
  }
  const passed = turns.filter((turn) => turn.getBoundingClientRect().top < innerHeight / 4);
  return { index: passed.length - 1, within: passed.length > 0 && passed.at(-1).getBoundingClientRect().top < 0 };
}

function step(forward) {
  const turns = stops();
  if (!turns.length) {
    document.querySelector(`main a[rel=${forward ? "next" : "prev"}]`)?.click();
    return;
  }
  const { index, within } = placeAmong(turns);
  const turn = turns[forward ? index + 1 : within ? index : index - 1];
  if (turn) goTo(turn);
}

function search() {
  const box = [...document.querySelectorAll("[role=search] input[name=q]")].find((input) => input.getClientRects().length);
  if (box) box.focus();
  else document.querySelector(".to-search")?.click();
}

const ACTS = { j: () => step(true), k: () => step(false), "/": search, "?": () => help.showModal() };

function press(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!switchedOn.checked || event.target.closest(TYPING) || document.querySelector("dialog[open], :popover-open")) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

if (help) {
  switchedOn.checked = !remembered();
  switchedOn.addEventListener("change", () => remember(!switchedOn.checked));
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", press);
}
