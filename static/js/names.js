// Suggestions of entities below a box while one types. Without this script their names are written out.
const LEAST_LETTERS = 2;
const PAUSE = 150; // milliseconds without a key before anything is asked

function suggest(input, number) {
  const list = document.createElement("datalist");
  list.id = `entity-names-${number}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer, request;

  async function ask() {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.names}?${new URLSearchParams({ q: input.value })}`, { signal: request.signal });
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

document.querySelectorAll("input[data-names]").forEach(suggest);
