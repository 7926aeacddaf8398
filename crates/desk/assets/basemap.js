// Coasts, boundaries, areas, rivers, lakes and names below the map, from what this program brings; and what the mission has
// given it, in the place of areas, rivers, lakes and places.
"use strict";
window.basemap = (() => {
  const INK = { land: "#eef0ea", coast: "#9aa39a", border: "#8a8f8a", water: "#6fa3bd" };
  // Each line is its first point and steps, in hundredths of a degree.
  const opened = (flat) => {
    const line = [];
    let lon = 0, lat = 0;
    for (let at = 0; at < flat.length; at += 2) {
      lon += flat[at];
      lat += flat[at + 1];
      line.push([lat / 100, lon / 100]);
    }
    return line;
  };
  // How what is drawn in a pane, and cannot be pressed, is drawn.
  const drawn = (pane) => ({ renderer: L.canvas({ pane, padding: 0.3 }), pane, interactive: false });
  const named = (text, kind) => L.divIcon({ className: `name ${kind}`, html: Object.assign(document.createElement("span"), { textContent: text, dir: "auto" }), iconSize: null });

  // Names are shown where there is room for them, the first in the list first. Gives what shows them anew.
  const names = (map, list) => {
    const layer = L.layerGroup().addTo(map);
    const show = () => {
      layer.clearLayers();
      const seen = map.getBounds(), taken = [];
      for (const [text, lat, lon, rank, kind] of list) {
        if (map.getZoom() < rank || !seen.contains([lat, lon])) { continue; }
        const at = map.latLngToContainerPoint([lat, lon]);
        if (taken.some((other) => Math.abs(other.x - at.x) < 90 && Math.abs(other.y - at.y) < 22)) { continue; }
        taken.push(at);
        L.marker([lat, lon], { icon: named(text, kind), interactive: false, keyboard: false, pane: "names" }).addTo(layer);
        if (taken.length >= 40) { break; }
      }
    };
    map.on("moveend", show);
    show();
    return show;
  };

  // From this zoom on less than a continent is seen, and more than countries are drawn.
  const NEAR = 5;
  // The lines of the whole world are many: only what lies about the section that is seen is on the map.
  const near = (map, lines, shape) => {
    const cells = new Map();
    for (const flat of lines) {
      const line = opened(flat), bounds = L.latLngBounds(line), middle = bounds.getCenter();
      const key = `${Math.floor(middle.lat / 10)} ${Math.floor(middle.lng / 10)}`;
      const cell = cells.get(key) ?? { lines: [], bounds: L.latLngBounds([]), layer: null };
      cell.lines.push(line);
      cell.bounds.extend(bounds);
      cells.set(key, cell);
    }
    const show = () => {
      const seen = map.getZoom() >= NEAR ? map.getBounds().pad(0.3) : null;
      for (const cell of cells.values()) {
        if (seen?.intersects(cell.bounds)) { (cell.layer ??= shape(cell.lines)).addTo(map); } else { cell.layer?.remove(); }
      }
    };
    map.on("moveend", show);
    show();
  };
  const detail = async (map, address) => {
    const found = await (await fetch(address)).json();
    const plain = drawn("near");
    near(map, found.lakes, (lines) => L.polygon(lines, { ...plain, color: INK.water, weight: 0.5, fillColor: "#dfe8ec", fillOpacity: 1 }));
    near(map, found.rivers, (lines) => L.polyline(lines, { ...plain, color: INK.water, weight: 1.1 }));
    near(map, found.areas, (lines) => L.polyline(lines, { ...plain, color: "#b3aba0", weight: 0.8, dashArray: "2 3" }));
    // Where there is room for it, also what is smaller than its zoom asks for.
    return Object.entries(found.places).flatMap(([rank, list]) => list.map(([text, lon, lat]) => [text, lat / 100, lon / 100, Math.max(NEAR, Number(rank) - 2), "place"]));
  };

  // A mission's own file: rivers and lakes, areas, places and boundaries, told apart by what Natural Earth calls them.
  const styled = (feature) => {
    const of = String(feature.properties?.featurecla ?? feature.properties?.kind ?? "").toLowerCase();
    if (/disput|claim|indefinite|line of control|breakaway|overlay|not determined/.test(of)) { return { color: "#5f5148", weight: 1.2, dashArray: "5 4", fill: false }; }
    if (/river|canal/.test(of)) { return { color: INK.water, weight: 1.2, fill: false }; }
    if (/lake|reservoir|water/.test(of)) { return { color: INK.water, weight: 0.5, fillColor: "#dfe8ec", fillOpacity: 1 }; }
    if (/road/.test(of)) { return { color: "#c9b18a", weight: 1, fill: false }; }
    return { color: "#b3aba0", weight: 0.8, dashArray: "2 3", fill: false };
  };
  const own = async (map, address) => {
    const answer = await fetch(address);
    if (!answer.ok) { return []; }
    const tongue = document.documentElement.lang, list = [];
    const named = (properties) => properties?.[`name_${tongue}`] ?? properties?.name ?? properties?.NAME;
    L.geoJSON(await answer.json(), {
      ...drawn("near"), style: styled,
      pointToLayer: (feature, at) => {
        const text = named(feature.properties);
        if (text) { list.push([String(text), at.lat, at.lng, 3 + (feature.properties.scalerank ?? 4) / 2, "place"]); }
        return null;
      },
    }).addTo(map);
    return list.sort((one, other) => one[3] - other[3]);
  };

  return async (map, at) => {
    map.createPane("base").style.zIndex = 200;
    map.createPane("near").style.zIndex = 210;
    map.createPane("borders").style.zIndex = 220;
    map.createPane("names").style.zIndex = 450;
    map.getPane("names").style.pointerEvents = "none";
    const [plain, borders] = [drawn("base"), drawn("borders")];
    const base = await (await fetch(at.basemap)).json();
    L.polygon(base.land.map(opened), { ...plain, color: INK.coast, weight: 0.7, fillColor: INK.land, fillOpacity: 1 }).addTo(map);
    L.polyline(base.borders.map(opened), { ...borders, color: INK.border, weight: 1 }).addTo(map);
    L.polyline(base.disputed.map(opened), { ...borders, color: "#5f5148", weight: 1.2, dashArray: "5 4" }).addTo(map);
    const tongue = Math.max(0, ["en", "fr", "es", "ar"].indexOf(document.documentElement.lang));
    const list = base.names.map(([texts, lon, lat, rank]) => [texts[tongue], lat / 100, lon / 100, rank, "country"]);
    if (at.mission) {
      // What the mission named itself comes first.
      list.unshift(...await own(map, at.mission));
      names(map, list);
      return;
    }
    const show = names(map, list);
    const later = async () => {
      if (map.getZoom() < NEAR) { return; }
      map.off("moveend", later);
      list.push(...await detail(map, at.detail));
      show();
      map.getContainer().dataset.near = "there";
    };
    map.on("moveend", later);
    later();
  };
})();
