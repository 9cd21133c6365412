// The review queue by keyboard, without a page load per decision. Without this script its forms are plain forms.
const said = document.getElementById("said");
const acts = document.getElementById("acts");
const names = [...document.querySelectorAll(".name")];
const left = document.getElementById("left");
const further = document.getElementById("further");

const isOpen = (name) => !name.classList.contains("is-done");
const nameHere = () => document.activeElement?.closest(".name");

function say(words) {
  said.textContent = words;
}

// What the server says is HTML, with all names escaped.
function repeat(answer) {
  said.innerHTML = answer;
  const news = acts.querySelector(".news")?.innerText;
  if (news) said.append(` ${news}`);
}

function focus(name) {
  name.focus({ preventScroll: true });
  name.scrollIntoView({ block: "nearest" });
}

function step(from, by) {
  const next = names[names.indexOf(from) + by];
  if (next) focus(next);
  else say(by > 0 ? "This is the last name on the page." : "This is the first name on the page.");
}

function count() {
  left.textContent = `${names.filter(isOpen).length} of ${names.length} on this page are left.`;
}

function goOn(from) {
  const place = names.indexOf(from);
  const next = [...names.slice(place + 1), ...names.slice(0, place)].find(isOpen);
  if (next) return focus(next);
  said.append(" All on this page are decided. Press Enter to go on.");
  further.focus();
}

function show(name, words) {
  const outcome = name.querySelector(".outcome");
  outcome.innerHTML = words;
  outcome.hidden = !words;
}

function close(name, words, act) {
  name.classList.add("is-done");
  if (act) name.dataset.act = act;
  for (const folded of name.querySelectorAll("details")) folded.open = false;
  show(name, words);
  count();
}

function reopen(act) {
  const again = names.filter((name) => name.dataset.act === String(act));
  for (const name of again) {
    name.classList.remove("is-done");
    show(name, "");
    count();
    for (const field of name.querySelectorAll("[name=seen]")) field.value = "";
  }
  if (again.length) focus(again[0]);
}

// Where the words of a place have a meaning, what else was proposed there need not be decided.
function closeRivals(name, act) {
  for (const rival of names) {
    if (rival !== name && isOpen(rival) && rival.dataset.place === name.dataset.place) close(rival, "These words have their meaning now.", act);
  }
}

async function send(form, button) {
  const name = form.closest(".name");
  if (name?.ariaBusy === "true") return;
  if (name) name.ariaBusy = "true";
  try {
    const sent = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    const { done, problem, seen, act, undone, acts: listed } = await answer.json();
    acts.innerHTML = listed;
    repeat(problem || done);
    if (undone) reopen(undone);
    if (!name) return;
    if (problem) {
      show(name, problem);
      if (seen !== undefined) for (const field of name.querySelectorAll("[name=seen]")) field.value = seen ?? "";
      return;
    }
    close(name, done, act);
    if (button?.value !== "reject") closeRivals(name, act);
    goOn(name);
  } catch {
    say("The archive did not answer. Nothing was decided; try again, or load the page anew.");
  } finally {
    if (name) name.ariaBusy = "false";
  }
}

function press(key, name) {
  const target = name.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.tagName === "SUMMARY") {
    const folded = target.parentElement;
    folded.open = !folded.open;
    if (folded.open) folded.querySelector("[data-names]")?.focus();
  } else if (target.tagName === "BUTTON") {
    target.form.requestSubmit(target);
  } else {
    target.click();
  }
  return true;
}

const moves = {
  j: (name) => step(name, 1),
  k: (name) => step(name, -1),
  z: () => {
    const last = acts.querySelector("form");
    if (last) last.requestSubmit();
    else say("There is nothing to undo.");
  },
  "?": () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    say(keys.open ? keys.querySelector("dl").innerText.replaceAll("\n", " ") : "The list of keys is closed.");
  },
};

document.addEventListener("keydown", (event) => {
  const name = nameHere() ?? (document.activeElement === further ? names.at(-1) : null);
  if (!name || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") focus(name);
    return;
  }
  const move = moves[event.key];
  if (move) move(name);
  else if (!isOpen(name) || !press(event.key, name)) return;
  event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.closest(".name, #acts")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

if (names.length) focus(names[0]);
