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
  const leave = () => { document.body.hidden = true; window.location.replace("/unlock"); };
  // The desk locks itself after a while; then this window leaves too. Windows tell each other that they are in use.
  let used = Date.now();
  const use = () => { used = Date.now(); if (windows) { windows.postMessage("used"); } };
  use();
  document.body.addEventListener("htmx:afterRequest", use);
  const idle = Number(lock.dataset.idle) * 1000 + 5000;
  window.setInterval(() => { if (Date.now() - used > idle) { leave(); } }, 1000);
  if (windows) {
    windows.addEventListener("message", (event) => { if (event.data === "used") { used = Date.now(); } else { leave(); } });
  }
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
