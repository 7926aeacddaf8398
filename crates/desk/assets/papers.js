// A paper that is a file is read into the field, as text, on this computer.
"use strict";
document.querySelectorAll("textarea[name='paper']").forEach((field) => {
  const chosen = document.createElement("input");
  chosen.type = "file";
  chosen.setAttribute("aria-label", field.dataset.file || field.labels[0].textContent.trim());
  chosen.addEventListener("change", async () => {
    if (!chosen.files[0] || chosen.files[0].size > 262144) { return; }
    const bytes = new Uint8Array(await chosen.files[0].arrayBuffer());
    field.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  field.closest("label").after(chosen);
});
