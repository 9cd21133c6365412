// Words selected in a turn's text go into the form below it. Without this script they are typed there.
const text = document.getElementById("text");
const status = document.getElementById("selected");
const { words, occurrence } = document.forms[document.forms.length - 1].elements;

function placesBefore(whole, part, end) {
  let count = 0;
  for (let at = whole.indexOf(part); at >= 0 && at < end; at = whole.indexOf(part, at + 1)) count += 1;
  return count;
}

function take() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const chosen = range.toString();
  const part = chosen.trim();
  if (!part || part.includes("\n")) return;
  const start = before.toString().length + chosen.indexOf(part);
  words.value = part;
  occurrence.value = placesBefore(text.textContent, part, start) + 1;
  status.textContent = `Selected: “${part}”`;
}

document.addEventListener("selectionchange", take);
