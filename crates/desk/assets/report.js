// Enriches the form of an incident, which works without it: a map to point at, and what a known place fills in.
"use strict";
(() => {
  const form = document.querySelector("form.report, form.edit");
  const at = form && form.elements.at;
  if (!at) { return; }
  const typed = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // A known place that is chosen fills in what is still empty, in sight.
  const places = document.getElementById("places");
  form.elements.place.addEventListener("change", () => {
    const chosen = Array.from(places.options).find((option) => option.value === form.elements.place.value);
    if (!chosen) { return; }
    for (const name of ["at", "admin1", "country"]) {
      const field = form.elements[name];
      if (field && field.value === "" && chosen.dataset[name]) { typed(field, chosen.dataset[name]); }
    }
  });
  const box = document.getElementById("pick");
  if (!box || !window.L) { return; }
  box.hidden = false;
  document.querySelector(".pick-why").hidden = false;
  const map = L.map(box, { crs: L.CRS.EPSG4326, preferCanvas: true, attributionControl: false, fadeAnimation: false, zoomAnimation: false, minZoom: 0, maxZoom: 12, maxBounds: [[-90, -180], [90, 180]] });
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", box.dataset.label);
  map.setView([8, 22], 1);
  window.basemap(map, box.dataset);
  let marker = null;
  const show = (lat, lon, move) => {
    if (marker) { marker.remove(); }
    marker = L.circleMarker([lat, lon], { radius: 7, color: "#5c1d00", fillColor: "#b3541e", fillOpacity: 0.8 }).addTo(map);
    if (move) { map.setView([lat, lon], Math.max(map.getZoom(), 7)); }
  };
  const read = (move) => {
    const point = document.getElementById("point");
    if (point) { show(Number(point.dataset.lat), Number(point.dataset.lon), move); }
  };
  map.on("click", (event) => {
    const place = event.latlng.wrap();
    const half = (degrees, above, below) => Math.abs(degrees).toFixed(4) + (degrees < 0 ? below : above);
    show(place.lat, place.lng, false);
    typed(at, half(place.lat, "N", "S") + " " + half(place.lng, "E", "W"));
  });
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "said") { read(true); } });
  read(true);
})();
