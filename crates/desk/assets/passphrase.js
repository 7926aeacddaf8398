// Says while it is typed how a new passphrase would do. The desk decides by itself when the form is sent.
"use strict";
document.querySelectorAll("[data-strength]").forEach((pair) => {
  const field = pair.querySelector("input");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "strength";
  pair.after(said);
  field.addEventListener("input", () => {
    const text = field.value;
    const kinds = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(text)).length;
    const different = new Set(text).size;
    const words = text.split(/\s+/).filter((word) => word.length > 2).length;
    const strong = different >= 8 && (words >= 4 || text.length >= 20 || (text.length >= 16 && kinds >= 3));
    const fair = different >= 6 && (text.length >= 14 || (text.length >= 10 && kinds >= 3));
    said.textContent = text === "" ? "" : strong ? pair.dataset.strong : fair ? pair.dataset.fair : pair.dataset.weak;
  });
});
