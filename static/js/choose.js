// Chooses all or none of a list of boxes, and says how many are chosen. Without this script each box is ticked by itself.
const tools = document.querySelector(".choose-all");
const boxes = document.querySelectorAll("input[name=chosen]");

function count() {
  tools.querySelector("[role=status]").textContent = `${[...boxes].filter((box) => box.checked).length} of ${boxes.length} chosen`;
}

if (tools) {
  tools.hidden = false;
  tools.addEventListener("click", ({ target }) => {
    if (!target.dataset.choose) return;
    for (const box of boxes) box.checked = target.dataset.choose === "all";
    count();
  });
  document.addEventListener("change", count);
  count();
}
