// Suggestions of entities, or interviews, below a box while one types. Without this script names are written out.
const LEAST_LETTERS = 2;
const PAUSE = 150; // milliseconds without a key before anything is asked

let lists = 0;

function suggest(input) {
  const list = document.createElement("datalist");
  list.id = `names-${++lists}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer, request;

  async function ask() {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.names}?${new URLSearchParams({ q: input.value, kind: input.dataset.kind ?? "" })}`, { signal: request.signal });
      if (!answer.ok) return;
      const { names } = await answer.json();
      list.replaceChildren(...names.map(({ value, label }) => new Option(label, value)));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length >= LEAST_LETTERS) timer = setTimeout(ask, PAUSE);
  });
}

function suggestIn(part) {
  for (const input of part.querySelectorAll("input[data-names]")) if (!input.closest(".empty-form")) suggest(input);
}

suggestIn(document);
document.addEventListener("formset:added", (event) => suggestIn(event.target));
