// Suggestions below a search box while one types. Without this script the box is the plain form that it is.
const LEAST_LETTERS = 2;
const PAUSE = 150; // milliseconds without a key before anything is asked

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  return target;
}

function element(name, attributes, ...children) {
  const made = set(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

function option({ label, language, count, url }, id) {
  const name = element("span", { dir: "auto", ...(language && { lang: language }) }, label);
  return element("a", { role: "option", id, href: url, tabindex: -1 }, name, element("span", { class: "count" }, count));
}

function group({ label, suggestions }, id) {
  const heading = element("div", { class: "label", id, role: "presentation" }, label);
  const options = suggestions.map((suggestion, place) => option(suggestion, `${id}-${place}`));
  return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
}

function suggest(form, number) {
  const input = form.elements.q;
  const name = `suggestions-${number}`;
  const list = element("div", { class: "suggestions", id: name, role: "listbox", "aria-label": "Suggestions" });
  const status = element("span", { class: "unseen", "aria-live": "polite" });
  const options = () => list.querySelectorAll("[role=option]");
  let timer, request, active;

  function stop() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    stop();
    list.hidden = true;
    status.textContent = "";
    input.ariaExpanded = "false";
    choose();
  }

  function choose(wanted) {
    active?.setAttribute("aria-selected", "false");
    active = wanted;
    if (!active) return input.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", active.id);
  }

  function show(groups) {
    choose();
    list.replaceChildren(...groups.map((found, place) => group(found, `${name}-${place}`)));
    if (!groups.length || document.activeElement !== input) return close();
    const count = options().length;
    list.style.insetBlockStart = `${input.offsetTop + input.offsetHeight}px`;
    list.hidden = false;
    input.ariaExpanded = "true";
    status.textContent = `${count} ${count === 1 ? "suggestion" : "suggestions"}`;
  }

  async function ask() {
    request = new AbortController();
    const typed = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${typed}`, { signal: request.signal });
      show(answer.ok ? (await answer.json()).groups : []);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function step(by) {
    const places = [undefined, ...options()];
    choose(places.at((places.indexOf(active) + by) % places.length));
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: close,
    Enter: () => active?.click(),
  };

  input.type = "text"; // the role of a combobox is not allowed on a box of the type "search"
  set(input, { role: "combobox", autocomplete: "off", enterkeyhint: "search" });
  set(input, { "aria-autocomplete": "list", "aria-controls": name });
  form.append(list, status);
  close();

  input.addEventListener("input", () => {
    stop();
    if (input.value.trim().length < LEAST_LETTERS) close();
    else timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || !keys[event.key] || (event.key === "Enter" && !active)) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", close);
}

document.querySelectorAll("form[data-suggestions]").forEach(suggest);
