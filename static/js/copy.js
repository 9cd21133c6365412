// Buttons that copy what stands beside them. Without this script the link and the citation can be selected by hand.
function copyStatus() {
  const found = document.getElementById("copied");
  if (found) return found;
  const made = document.createElement("p");
  made.id = "copied";
  made.className = "unseen";
  made.role = "status";
  document.body.append(made);
  return made;
}

// Copies words, or what a promise will give: some browsers let a page copy only at once when a button is pressed.
// Programs that know type take their markup, with its italics.
async function copyText(words, markup) {
  if (navigator.clipboard && window.ClipboardItem && (markup || words instanceof Promise)) {
    const asBlob = (given, type) => Promise.resolve(given).then((text) => new Blob([text], { type }));
    const kinds = { "text/plain": asBlob(words, "text/plain") };
    if (markup) kinds["text/html"] = asBlob(markup, "text/html");
    return navigator.clipboard.write([new ClipboardItem(kinds)]);
  }
  const text = await words;
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Pages served without TLS have no clipboard to write to, but what is selected in a box can be copied.
  const box = document.createElement("textarea");
  const focused = document.activeElement;
  box.value = text;
  box.className = "unseen";
  document.body.append(box);
  box.select();
  const isCopied = document.execCommand("copy");
  box.remove();
  focused?.focus({ preventScroll: true });
  if (!isCopied) throw new Error("The browser does not let this page copy.");
}

function sayCopied(button, words) {
  button.label ??= [...button.childNodes];
  button.textContent = words;
  copyStatus().textContent = words;
  window.clearTimeout(button.timer);
  button.timer = window.setTimeout(() => {
    button.replaceChildren(...button.label);
    copyStatus().textContent = "";
  }, 2500);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", () => {
    const markup = source.querySelector("i") ? source.innerHTML : "";
    copyText(source.value ?? source.textContent.trim(), markup).then(
      () => sayCopied(button, "Copied"),
      () => {
        if (source.select) source.select();
        else window.getSelection().selectAllChildren(source);
        sayCopied(button, "Select it by hand");
      },
    );
  });
}
