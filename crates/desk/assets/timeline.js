// Incidents by month; what is selected on it becomes the period of the question.
"use strict";
(() => {
  let plot;
  const field = (name) => document.querySelector(`form.ask [name="${name}"]`);
  const begins = (month) => Date.UTC(Math.floor(month / 12), month % 12) / 1000;
  const monthAt = (seconds) => { const day = new Date(seconds * 1000); return day.getUTCFullYear() * 12 + day.getUTCMonth(); };
  const name = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  const select = (chart) => {
    const { left, width } = chart.select;
    if (width < 4) { return; }
    const from = monthAt(chart.posToVal(left, "x")), to = monthAt(chart.posToVal(left + width, "x"));
    field("from").value = name(from);
    field("to").value = name(to);
    field("from").form.requestSubmit();
  };
  const draw = () => {
    plot?.destroy();
    plot = undefined;
    const place = document.getElementById("timeline"), asked = document.getElementById("asked");
    if (!place || !asked) { return; }
    document.querySelector("figure.timeline")?.remove();
    const read = (text) => (text ? text.split(";").map((month) => month.split(",").map(Number)) : []);
    const now = read(asked.dataset.months), then = read(asked.dataset.then);
    if (!now.length) { return; }
    place.classList.add("there");
    const first = now[0][0];
    // The period that this one is compared with is laid over it, month by month.
    const shift = then.length ? first - then[0][0] : 0;
    const last = Math.max(now.at(-1)[0], then.length ? then.at(-1)[0] + shift : first);
    const months = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
    const counts = (list, by) => { const of = new Map(list.map(([month, count]) => [month + by, count])); return months.map((month) => of.get(month) ?? 0); };
    const tongue = document.documentElement.lang;
    const says = new Intl.DateTimeFormat(tongue, { year: "numeric", month: "short", timeZone: "UTC" });
    const number = new Intl.NumberFormat(tongue);
    const when = (chart, ticks) => ticks.map((at) => says.format(new Date(at * 1000)));
    const series = [
      { value: (chart, at) => (at == null ? "" : says.format(new Date(at * 1000))), label: place.dataset.month },
      { label: place.dataset.incidents, fill: "#1f4e5f", stroke: "#1f4e5f", width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.85, 60], align: 1 }), value: (chart, at) => (at == null ? "" : number.format(at)) },
    ];
    const data = [months.map(begins), counts(now, 0)];
    if (then.length) {
      series.push({ label: place.dataset.then, stroke: "#b3541e", width: 2, dash: [6, 4], value: (chart, at) => (at == null ? "" : number.format(at)) });
      data.push(counts(then, shift));
    }
    const axis = { stroke: "#4d5a60", grid: { stroke: "#e3e8e7", width: 1 } };
    plot = new uPlot({
      width: place.clientWidth, height: 170, series, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
      scales: { x: { time: true, range: [begins(first), begins(last + 1)] }, y: { range: (chart, least, most) => [0, Math.max(1, most)] } },
      axes: [{ ...axis, values: when, space: 90 }, { ...axis, values: (chart, ticks) => ticks.map((at) => (Number.isInteger(at) ? number.format(at) : "")), size: 56 }],
      cursor: { drag: { x: true, y: false, setScale: false } }, hooks: { setSelect: [select] },
    }, data, place);
  };
  let waiting = 0;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => plot?.setSize({ width: document.getElementById("timeline").clientWidth, height: 170 }), 100); });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "asked") { draw(); } });
  draw();
})();
