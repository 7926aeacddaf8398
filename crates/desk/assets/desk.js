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
  const idle = Number(lock.dataset.idle) * 1000;
  // A minute before, it says so: what is typed and not sent would be lost. Whoever types is there, and says so by typing.
  const soon = document.createElement("p");
  soon.className = "warning soon";
  soon.setAttribute("role", "alert");
  soon.hidden = true;
  document.querySelector("header").append(soon);
  let told = Date.now();
  const stay = () => {
    told = Date.now();
    window.fetch("/stay", { cache: "no-store" }).then((answer) => { if (answer.ok) { use(); } else { leave(); } }, () => {});
  };
  const warn = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = lock.dataset.stay;
    button.addEventListener("click", stay);
    soon.replaceChildren(lock.dataset.soon, " ", button);
    soon.hidden = false;
  };
  document.addEventListener("input", () => { if (Date.now() - told > Math.min(60000, idle / 4)) { stay(); } });
  window.setInterval(() => {
    const left = idle - (Date.now() - used);
    if (left < -5000) { leave(); } else if (left >= Math.min(60000, idle / 2)) { soon.hidden = true; } else if (soon.hidden) { warn(); }
  }, 1000);
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
