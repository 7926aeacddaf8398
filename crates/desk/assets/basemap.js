// Coasts, boundaries and names below the map, from what this program brings and what the mission has given it.
"use strict";
window.basemap = (() => {
  const INK = { land: "#eef0ea", coast: "#9aa39a", border: "#8a8f8a", water: "#a9c7d6" };
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
  const named = (text, kind) => L.divIcon({ className: `name ${kind}`, html: Object.assign(document.createElement("span"), { textContent: text, dir: "auto" }), iconSize: null });

  // Names are shown where there is room for them, the larger things first.
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
  const own = async (map, address, canvas) => {
    const answer = await fetch(address);
    if (!answer.ok) { return []; }
    const tongue = document.documentElement.lang, list = [];
    const named = (properties) => properties?.[`name_${tongue}`] ?? properties?.name ?? properties?.NAME;
    L.geoJSON(await answer.json(), {
      renderer: canvas, pane: "base", interactive: false, style: styled,
      pointToLayer: (feature, at) => {
        const text = named(feature.properties);
        if (text) { list.push([String(text), at.lat, at.lng, 3 + (feature.properties.scalerank ?? 4) / 2, "place"]); }
        return null;
      },
    }).addTo(map);
    return list.sort((one, other) => one[3] - other[3]);
  };

  return async (map, address, mission) => {
    map.createPane("base").style.zIndex = 200;
    map.createPane("names").style.zIndex = 450;
    map.getPane("names").style.pointerEvents = "none";
    const canvas = L.canvas({ pane: "base", padding: 0.3 });
    const plain = { renderer: canvas, pane: "base", interactive: false };
    const base = await (await fetch(address)).json();
    L.polygon(base.land.map(opened), { ...plain, color: INK.coast, weight: 0.7, fillColor: INK.land, fillOpacity: 1 }).addTo(map);
    L.polyline(base.borders.map(opened), { ...plain, color: INK.border, weight: 1 }).addTo(map);
    L.polyline(base.disputed.map(opened), { ...plain, color: "#5f5148", weight: 1.2, dashArray: "5 4" }).addTo(map);
    const places = mission ? await own(map, mission, canvas) : [];
    const countries = base.names.map(([text, lon, lat, rank]) => [text, lat / 100, lon / 100, rank, "country"]);
    names(map, [...countries, ...places]);
  };
})();
