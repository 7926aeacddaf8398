// Incidents by day or by month; what is selected on it becomes the period of the question.
"use strict";
(() => {
  let plot;
  const field = (name) => document.querySelector(`form.ask [name="${name}"]`);
  // Days are counted from 1970, months from January of year 0.
  const steps = {
    day: { begins: (day) => day * 86400, at: (seconds) => Math.floor(seconds / 86400), name: (day) => new Date(day * 86400000).toISOString().slice(0, 10), says: { day: "numeric", month: "short", year: "numeric" }, tick: { day: "numeric", month: "short" } },
    month: {
      begins: (month) => Date.UTC(Math.floor(month / 12), month % 12) / 1000,
      at: (seconds) => { const day = new Date(seconds * 1000); return day.getUTCFullYear() * 12 + day.getUTCMonth(); },
      name: (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`, says: { month: "short", year: "numeric" }, tick: { month: "short", year: "numeric" },
    },
  };
  let step = steps.month;
  const select = (chart) => {
    const { left, width } = chart.select;
    if (width < 4) { return; }
    const from = step.at(chart.posToVal(left, "x")), to = step.at(chart.posToVal(left + width, "x"));
    field("from").value = step.name(from);
    field("to").value = step.name(to);
    field("from").form.requestSubmit();
  };
  const draw = () => {
    plot?.destroy();
    plot = undefined;
    const place = document.getElementById("timeline"), asked = document.getElementById("asked");
    if (!place || !asked) { return; }
    document.querySelector("figure.timeline")?.remove();
    const read = (text) => (text ? text.split(";").map((bar) => bar.split(",").map(Number)) : []);
    const now = read(asked.dataset.bars), other = asked.dataset.then?.split(":"), then = read(other?.[1]);
    if (!now.length) { return; }
    place.classList.add("there");
    step = steps[asked.dataset.step];
    place.dataset.step = asked.dataset.step;
    const [first, last] = asked.dataset.span.split(",").map(Number);
    // The period that this one is compared with is laid over it, bar by bar.
    const shift = then.length ? first - Number(other[0]) : 0;
    const all = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
    const counts = (list, by) => { const of = new Map(list.map(([at, count]) => [at + by, count])); return all.map((at) => of.get(at) ?? 0); };
    const tongue = document.documentElement.lang;
    const format = (parts) => new Intl.DateTimeFormat(tongue, { ...parts, timeZone: "UTC" });
    const says = format(step.says), tick = format(step.tick);
    const number = new Intl.NumberFormat(tongue);
    const when = (chart, ticks) => ticks.map((at) => tick.format(new Date(at * 1000)));
    const series = [
      { value: (chart, at) => (at == null ? "" : says.format(new Date(at * 1000))), label: place.dataset.name },
      { label: place.dataset.incidents, fill: "#1f4e5f", stroke: "#1f4e5f", width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.85, 60], align: 1 }), value: (chart, at) => (at == null ? "" : number.format(at)) },
    ];
    const data = [all.map(step.begins), counts(now, 0)];
    if (then.length) {
      series.push({ label: place.dataset.then, stroke: "#b3541e", width: 2, dash: [6, 4], value: (chart, at) => (at == null ? "" : number.format(at)) });
      data.push(counts(then, shift));
    }
    const axis = { stroke: "#4d5a60", grid: { stroke: "#e3e8e7", width: 1 } };
    // Ticks within a day would say the same day again.
    const apart = step === steps.day ? { incrs: [1, 2, 7, 14, 28].map((days) => days * 86400) } : {};
    plot = new uPlot({
      width: place.clientWidth, height: 170, series, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
      scales: { x: { time: true, range: [step.begins(first), step.begins(last + 1)] }, y: { range: (chart, least, most) => [0, Math.max(1, most)] } },
      axes: [{ ...axis, ...apart, values: when, space: 90 }, { ...axis, values: (chart, ticks) => ticks.map((at) => (Number.isInteger(at) ? number.format(at) : "")), size: 56 }],
      cursor: { drag: { x: true, y: false, setScale: false } }, hooks: { setSelect: [select] },
    }, data, place);
  };
  let waiting = 0;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => plot?.setSize({ width: document.getElementById("timeline").clientWidth, height: 170 }), 100); });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "asked") { draw(); } });
  draw();
})();
