// Says so where an address names a turn or a paragraph that is not on the page. Without this script the page simply
// opens at its beginning.
const KINDS = { q: "question", a: "answer", s: "statement", m: "moderator", d: "stage direction" };

function wantedPlace() {
  const found = /^([qasmd])(\d+[b-z]*)(?:-p(\d+))?$/.exec(location.hash.slice(1));
  if (!found || document.getElementById(found[0])) return null;
  return { number: found[1] + found[2], name: `${KINDS[found[1]]} ${found[2]}`, paragraph: found[3] };
}

// What was moved or withdrawn says so there.
function ownAddress(number) {
  const link = document.createElement("a");
  link.href = new URL(`../${number}/`, document.querySelector(".turn .number a").href);
  link.textContent = "Look for it at its own address";
  return link;
}

function sayWhatIsMissing() {
  document.getElementById("missing")?.remove();
  const wanted = wantedPlace();
  const dialogue = document.querySelector(".dialogue");
  if (!wanted || !dialogue) return;
  const here = document.getElementById(wanted.number);
  const said = document.createElement("p");
  said.id = "missing";
  said.className = "missing";
  said.dir = "ltr"; // amid a transcript of any direction
  said.role = "status";
  if (here) here.prepend(said);
  else dialogue.prepend(said);
  // What is said in an element that was there before is read out.
  setTimeout(() => {
    said.textContent = here
      ? `There is no paragraph ${wanted.paragraph} in ${wanted.name}; here is ${wanted.name}.`
      : `There is no ${wanted.name} on this page. `;
    if (!here) said.append(ownAddress(wanted.number));
    (here ?? said).scrollIntoView({ block: here ? "start" : "center" });
  });
}

window.addEventListener("hashchange", sayWhatIsMissing);
sayWhatIsMissing();
