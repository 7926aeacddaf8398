// Enriches pages that work without it: a choice that is made is sent at once.
"use strict";
document.querySelectorAll("[data-submit='change']").forEach((element) => {
  element.addEventListener("change", () => element.form.requestSubmit());
  element.form.querySelectorAll("button[type='submit']").forEach((button) => { button.hidden = true; });
});
// What was guarded or typed is not shown again out of the browser's memory of pages.
window.addEventListener("pageshow", (event) => { if (event.persisted) { window.location.reload(); } });
// Locking leaves every window at once; F9 locks without another look.
const lock = document.querySelector("form.lock");
const windows = "BroadcastChannel" in window ? new BroadcastChannel("counterseal-lock") : null;
if (lock) {
  if (windows) { windows.addEventListener("message", () => { document.body.hidden = true; window.location.replace("/unlock"); }); }
  lock.addEventListener("submit", () => {
    document.body.hidden = true;
    if (windows) { windows.postMessage("locked"); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F9") { return; }
    event.preventDefault();
    lock.requestSubmit(lock.querySelector("button.panic"));
  });
}
