// Enriches pages that work without it: a choice that is made is sent at once.
"use strict";
document.querySelectorAll("[data-submit='change']").forEach((element) => {
  element.addEventListener("change", () => element.form.requestSubmit());
  element.form.querySelectorAll("button[type='submit']").forEach((button) => { button.hidden = true; });
});
// What was guarded or typed is not shown again out of the browser's memory of pages.
window.addEventListener("pageshow", (event) => { if (event.persisted) { window.location.reload(); } });
