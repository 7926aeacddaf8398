// Enriches pages that work without it: a choice that is made is sent at once.
"use strict";
document.querySelectorAll("[data-submit='change']").forEach((element) => {
  element.addEventListener("change", () => element.form.requestSubmit());
  element.form.querySelectorAll("button[type='submit']").forEach((button) => { button.hidden = true; });
});
// What was opened leaves the screen when its time is over; the desk has wiped it by then.
document.querySelectorAll("[data-over]").forEach((element) => {
  const over = Date.now() + Number(element.dataset.over) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((over - Date.now()) / 1000));
    if (left === 0) { window.location.reload(); return; }
    document.title = `${left} s`;
    window.setTimeout(tick, 1000);
  };
  tick();
});
// What was guarded or typed is not shown again out of the browser's memory of pages.
window.addEventListener("pageshow", (event) => { if (event.persisted) { window.location.reload(); } });
