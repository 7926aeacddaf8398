// The map: density far out, heaps nearer by, then each incident; a box or an area drawn on it becomes part of the question.
"use strict";
(() => {
  const INK = "#b3541e";
  let map, spots, layers, shape, tool = null, corners = [], newest = 0, shownBounds = "";
  const asked = () => document.getElementById("asked");
  const element = () => document.getElementById("map");
  const field = (name) => document.querySelector(`form.ask [name="${name}"]`);

  // What the map shows of the question.
  const load = async () => {
    const seen = map.getBounds(), mine = ++newest;
    const edge = (value, least, most) => Math.min(most, Math.max(least, value)).toFixed(5);
    const section = [edge(seen.getWest(), -180, 180), edge(seen.getSouth(), -90, 90), edge(seen.getEast(), -180, 180), edge(seen.getNorth(), -90, 90)].join(",");
    const query = asked().dataset.query;
    const answer = await fetch(`/situation/points?${query ? query + "&" : ""}section=${section}`).catch(() => null);
    if (mine !== newest || !answer) { return; }
    if (answer.status === 401) { window.location.reload(); return; }
    if (answer.ok) { draw(await answer.json()); }
    over(section, mine);
  };
  // What lies over the incidents: each layer from its own compartment.
  const over = async (section, mine) => {
    const shown = [];
    for (const id of (asked().dataset.layers ?? "").split(",").filter(Boolean)) {
      const answer = await fetch(`/situation/layer/${encodeURIComponent(id)}?section=${section}`).catch(() => null);
      if (answer?.ok) { shown.push(...await answer.json()); }
    }
    if (mine !== newest) { return; }
    layers.clearLayers();
    for (const [path, lat, lon, name, sign] of shown) {
      const text = plain(sign);
      text.append(Object.assign(document.createElement("bdi"), { textContent: name }));
      const icon = L.divIcon({ className: "placed", html: text, iconSize: null });
      L.marker([lat, lon], { icon, title: name }).on("click", () => { if (!tool) { window.location.assign(path); } }).addTo(layers);
    }
    element().dataset.layers = String(shown.length);
  };
  const draw = (shown) => {
    spots.clearLayers();
    const most = shown.heaps.reduce((most, heap) => Math.max(most, heap.count), 1);
    for (const heap of shown.heaps) { (shown.far ? cell : cluster)(heap, shown.step, most).addTo(spots); }
    for (const [path, lat, lon, text] of shown.each) {
      const dot = L.circleMarker([lat, lon], { radius: 6, color: "#5c1d00", weight: 1, fillColor: INK, fillOpacity: 0.75 });
      dot.bindTooltip(plain(text)).on("click", () => { if (!tool) { window.location.assign(path); } }).addTo(spots);
    }
    element().dataset.drawn = `${shown.each.length} ${shown.heaps.length}`;
  };
  const plain = (text) => Object.assign(document.createElement("span"), { textContent: text, dir: "auto" });
  const near = (heap) => {
    if (tool) { return; }
    const [south, west, north, east] = heap.bounds;
    map.fitBounds([[south, west], [north, east]], { maxZoom: 12, padding: [24, 24] });
  };
  const cell = (heap, step, most) => {
    const south = Math.floor(heap.at[0] / step) * step, west = Math.floor(heap.at[1] / step) * step;
    const share = Math.log1p(heap.count) / Math.log1p(most);
    const square = L.rectangle([[south, west], [south + step, west + step]], { stroke: false, fillColor: INK, fillOpacity: 0.15 + 0.75 * share });
    return square.bindTooltip(plain(heap.label)).on("click", () => near(heap));
  };
  const cluster = (heap, step, most) => {
    const size = Math.round(26 + 26 * Math.sqrt(heap.count / most));
    const icon = L.divIcon({ className: "heap", html: plain(heap.text), iconSize: [size, size] });
    return L.marker(heap.at, { icon, title: heap.label, riseOnHover: true }).on("click", () => near(heap));
  };

  // What is asked for on the map: drawn as it is, so that one sees where the edge lies.
  const outline = () => {
    shape.clearLayers();
    const style = { color: "#1f4e5f", weight: 2, dashArray: "6 4", fill: false, interactive: false };
    const box = field("box")?.value.split(",").map(Number), area = field("area")?.value;
    if (box?.length === 4) { L.rectangle([[box[1], box[0]], [box[3], box[2]]], style).addTo(shape); }
    if (area) { L.polygon(area.split(";").map((corner) => corner.split(",").map(Number).reverse()), style).addTo(shape); }
  };

  // Drawing a box: from where it is pressed to where it is let go. An area: a press for each corner, the last one twice.
  const choose = (name) => {
    tool = name;
    corners = [];
    document.querySelectorAll("#tools [aria-pressed]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.tool === name)));
    const hint = document.getElementById("map-hint");
    if (hint) { hint.textContent = name ? hint.dataset[name] : ""; }
    element().classList.toggle("drawing", Boolean(name));
    map.dragging[name ? "disable" : "enable"]();
    map.doubleClickZoom[name ? "disable" : "enable"]();
    if (!name) { outline(); }
  };
  const ask = (box, area) => {
    choose(null);
    field("box").value = box;
    field("area").value = area;
    field("box").form.requestSubmit();
  };
  const point = (at) => `${at.lng.toFixed(4)},${at.lat.toFixed(4)}`;
  const sketch = (at) => {
    shape.clearLayers();
    const style = { color: "#1f4e5f", weight: 2, interactive: false };
    if (tool === "box") { L.rectangle(L.latLngBounds(corners[0], at), style).addTo(shape); }
    else { L.polygon([...corners, at], style).addTo(shape); }
  };
  const boxOf = (bounds) => {
    const keep = (at) => L.latLng(Math.min(90, Math.max(-90, at.lat)), Math.min(180, Math.max(-180, at.lng)));
    return `${point(keep(bounds.getSouthWest()))},${point(keep(bounds.getNorthEast()))}`;
  };
  const finish = () => {
    const distinct = corners.filter((at, nth) => nth === 0 || !at.equals(corners[nth - 1], 1e-4));
    if (distinct.length >= 3) { ask("", distinct.slice(0, 64).map(point).join(";")); } else { choose(null); }
  };
  const draws = () => {
    map.on("mousedown", (event) => { if (tool === "box") { corners = [event.latlng]; } });
    map.on("mousemove", (event) => { if (tool && corners.length) { sketch(event.latlng); } });
    map.on("mouseup", (event) => {
      if (tool !== "box" || !corners.length) { return; }
      const bounds = L.latLngBounds(corners[0], event.latlng);
      if (bounds.getNorth() > bounds.getSouth() && bounds.getEast() > bounds.getWest()) { ask(boxOf(bounds), ""); } else { choose(null); }
    });
    map.on("click", (event) => { if (tool === "area") { corners.push(event.latlng); sketch(event.latlng); } });
    map.on("dblclick", () => { if (tool === "area") { finish(); } });
    document.addEventListener("keydown", (event) => {
      if (!tool) { return; }
      if (event.key === "Escape") { choose(null); }
      if (event.key === "Enter" && tool === "area") { event.preventDefault(); finish(); }
    });
    document.addEventListener("click", (event) => {
      const name = event.target.closest?.("#tools [data-tool]")?.dataset.tool;
      if (name === "box" || name === "area") { choose(tool === name ? null : name); }
      if (name === "section") { ask(boxOf(map.getBounds()), ""); }
      if (name === "clear") { ask("", ""); }
    });
  };

  const fit = () => {
    const bounds = asked().dataset.bounds;
    if (bounds === shownBounds) { load(); return; }
    shownBounds = bounds;
    const [south, north, west, east] = bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { animate: false });
    load();
  };
  const ready = () => {
    document.querySelector("figure.map")?.remove();
    document.getElementById("tools").hidden = false;
    document.getElementById("basemap-shelf").hidden = false;
    outline();
    fit();
  };
  // The mission's own basemap, given as a file: sent as it is, and drawn when the page is loaded again.
  document.addEventListener("change", async (event) => {
    const file = event.target.id === "basemap-file" ? event.target.files[0] : null;
    if (!file) { return; }
    const token = document.querySelector("form.lock [name=token]").value;
    const answer = await fetch("/situation/basemap", { method: "POST", body: file, headers: { "x-counterseal-token": token } }).catch(() => null);
    if (answer?.ok) { window.location.reload(); } else { document.getElementById("basemap-bad").hidden = false; }
  });
  const begin = () => {
    const place = element();
    if (!place || !asked() || map) { return; }
    place.classList.add("there");
    map = L.map(place, { crs: L.CRS.EPSG4326, preferCanvas: true, attributionControl: false, boxZoom: false, zoomSnap: 0.5, minZoom: 0, maxZoom: 15, maxBounds: [[-95, -190], [95, 190]], maxBoundsViscosity: 0.8, worldCopyJump: false, fadeAnimation: false, zoomAnimation: false });
    L.control.scale({ imperial: false }).addTo(map);
    map.setView([0, 0], 1);
    spots = L.layerGroup().addTo(map);
    layers = L.layerGroup().addTo(map);
    shape = L.layerGroup().addTo(map);
    window.situationMap = map;
    let waiting = 0;
    map.on("moveend", () => { clearTimeout(waiting); waiting = setTimeout(load, 80); });
    window.basemap(map, place.dataset);
    draws();
    ready();
  };
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "asked" && map) { choose(null); ready(); } });
  begin();
})();
