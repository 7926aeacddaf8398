// A form that asks the trustees is sent once, and says that they are being asked.
"use strict";
document.querySelectorAll("form[data-once]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelectorAll("button[data-busy]").forEach((button) => { button.textContent = button.dataset.busy; });
  });
});
