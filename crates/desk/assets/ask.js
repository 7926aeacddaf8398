// The form that asks: what is empty is not sent, and where something was replaced the reader is told what fits now.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.parameters;
  for (const [name, value] of Object.entries(asked)) {
    if (value === "") { delete asked[name]; }
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "asked" && document.activeElement === document.body) {
    document.getElementById("count")?.focus({ preventScroll: true });
  }
});
// A desk that was locked meanwhile, or a page that says why not: shown as a page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.serverResponse.includes('id="asked"')) {
    event.preventDefault();
    window.location.reload();
  }
});
