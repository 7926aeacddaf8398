"use strict";
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
