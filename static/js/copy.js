// Buttons that copy what stands beside them. Without this script the link and the citation can be selected by hand.
const status = document.getElementById("copied");

async function copy(source) {
  const text = source.value ?? source.textContent.trim();
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Pages served without TLS have no clipboard to write to, but a selection can be copied.
  const selection = window.getSelection();
  if (source.select) source.select();
  else selection.selectAllChildren(source);
  if (!document.execCommand("copy")) throw new Error("The browser does not let this page copy.");
}

function say(button, words) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  button.textContent = words;
  status.textContent = words;
  window.clearTimeout(button.timer);
  button.timer = window.setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, 2500);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", () => {
    copy(source).then(
      () => say(button, "Copied"),
      () => say(button, "Select it by hand"),
    );
  });
}
