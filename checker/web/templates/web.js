"use strict";
// Files dropped on a side go into its file field; sending says so. The form works without.
for (const side of document.querySelectorAll("[data-drop]")) {
  const status = document.querySelector("[data-status]");
  const input = side.querySelector('input[type="file"]');
  const carriesFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  side.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    side.classList.add("dragged");
  });
  side.addEventListener("dragleave", () => side.classList.remove("dragged"));
  side.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    side.classList.remove("dragged");
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    status.textContent = status.dataset.dropped.replace("{name}", one.files[0].name);
  });
}
document.querySelector("[data-form]").addEventListener("submit", () => {
  const status = document.querySelector("[data-status]");
  status.textContent = status.dataset.sending;
});
