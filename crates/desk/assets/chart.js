// A chart that can be moved, expanded and narrowed, in the place of the drawing.
"use strict";
(() => {
  const stage = document.getElementById("chart");
  if (!stage || typeof cytoscape !== "function") { return; }
  const said = stage.dataset;
  const LARGE = 1500; // from so many ties on they are drawn plainly, and left out while the chart is moved
  const STEP = 40; // records that one expansion brings
  const LISTED = 500; // records in the list to choose from
  const WITH = 300; // records that an expansion asks about
  const SHAPES = { person: "ellipse", group: "rectangle", organisation: "round-rectangle", place: "triangle", incident: "diamond",
    vehicle: "hexagon", equipment: "hexagon" };
  const query = new URL(said.path, window.location.href).searchParams;

  const make = (name, set, ...inside) => {
    const element = Object.assign(document.createElement(name), set);
    element.append(...inside);
    return element;
  };
  const button = (text, act) => { const b = make("button", { type: "button", textContent: text }); b.addEventListener("click", act); return b; };

  // Cytoscape would add a style of its own, which the page's policy stops; it does not where this id is taken.
  document.body.append(make("span", { id: "__________cytoscape_stylesheet", hidden: true }));
  const room = make("div", { className: "room" });
  const status = make("p", { className: "quiet" });
  status.setAttribute("role", "status");
  const types = make("fieldset", {}, make("legend", { textContent: said.types }));
  const choice = make("select", {});
  const [from, to] = ["from", "to"].map((name) => make("input", { type: "date", name: `chart-${name}` }));
  let cy = null;

  const element = (data, group) => ({ group, data });
  const label = (node) => (node.more > 0 ? `${node.name} +${node.more}` : node.name) + (node.same > 0 ? " =" : "");
  const fetched = async (path, more) => {
    const asked = new URLSearchParams(query);
    Object.entries(more).forEach(([name, value]) => asked.set(name, value));
    const answer = await fetch(`${path}?${asked}`, { headers: { Accept: "application/json" } });
    if (answer.status === 409) { window.location.reload(); }
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  };
  const tell = (text) => { status.textContent = text; };
  const failed = () => tell(said.failed);
  const counted = () => {
    const numbers = [cy.nodes(":visible").length, cy.edges(":visible").length];
    tell(said.counted.replace(/#/g, () => numbers.shift().toLocaleString(document.documentElement.lang)));
  };

  const styles = () => {
    const large = cy.edges().length > LARGE;
    const rules = [
      { selector: "node", style: { label: "data(label)", shape: "data(shape)", width: 22, height: 22, "background-color": "#fff", "border-width": 2.5, "border-color": "#1f4e5f",
        "font-size": 12, color: "#1b2327", "text-valign": "bottom", "text-margin-y": 3, "text-max-width": 150, "text-wrap": "ellipsis", "min-zoomed-font-size": large ? 9 : 4 } },
      { selector: "edge", style: { width: 1.5, "line-color": "#5d6b71", "curve-style": large ? "haystack" : "bezier", "target-arrow-shape": "triangle", "target-arrow-color": "#5d6b71", "arrow-scale": 0.8 } },
      { selector: "edge[strength = 3]", style: { width: 4 } },
      { selector: "edge[strength = 1]", style: { "line-style": "dashed" } },
      { selector: "edge[strength = 0]", style: { "line-style": "dotted" } },
      { selector: ".start", style: { width: 34, height: 34, "font-weight": "bold", "font-size": 15, "text-max-width": 260 } },
      { selector: ".way", style: { "line-color": "#8f2f0c", "target-arrow-color": "#8f2f0c", "border-color": "#8f2f0c", "border-width": 5, width: 6, "z-index": 9 } },
      { selector: "node.way", style: { width: 30, height: 30 } },
      { selector: ":selected", style: { "border-color": "#b3541e", "border-width": 6, "line-color": "#b3541e" } },
      { selector: ".off", style: { display: "none" } },
    ];
    if (!large) { rules.splice(2, 0, { selector: "edge", style: { label: "data(label)", "font-size": 8, color: "#4d5a60", "text-rotation": "autorotate", "min-zoomed-font-size": 7, "text-background-color": "#f1f4f3", "text-background-opacity": 0.85 } }); }
    cy.style(rules);
  };

  const listed = () => {
    const chosen = choice.value;
    const all = cy.nodes(":visible").toArray().slice(0, LISTED).sort((a, b) => a.data("name").localeCompare(b.data("name")));
    choice.replaceChildren(...all.map((node) => make("option", { value: node.id(), textContent: `${node.data("name")} (${node.data("type")})` })));
    if (all.some((node) => node.id() === chosen)) { choice.value = chosen; }
    const known = new Set([...types.querySelectorAll("input")].map((box) => box.value));
    cy.nodes().forEach((node) => {
      const what = node.data("what");
      if (known.has(what)) { return; }
      known.add(what);
      const box = make("input", { type: "checkbox", value: what, checked: true });
      box.addEventListener("change", narrow);
      types.append(make("label", {}, box, node.data("type")));
    });
  };

  const narrow = () => {
    const off = new Set([...types.querySelectorAll("input:not(:checked)")].map((box) => box.value));
    const outside = (data) => (from.value && data.to && data.to < from.value) || (to.value && data.from && data.from > to.value);
    cy.batch(() => {
      cy.nodes().forEach((node) => {
        const hidden = !node.hasClass("start") && (node.data("hidden") || off.has(node.data("what")) || outside(node.data()));
        node.toggleClass("off", Boolean(hidden));
      });
      cy.edges().forEach((edge) => edge.toggleClass("off", Boolean(outside(edge.data()))));
    });
    counted();
    listed();
  };

  const entered = (found, around) => {
    const fresh = found.nodes.filter((node) => cy.getElementById(node.id).empty());
    cy.batch(() => {
      cy.add(fresh.map((node, nth) => {
        const turn = (2 * Math.PI * nth) / Math.max(1, fresh.length);
        const position = { x: around.x + Math.cos(turn) * 90, y: around.y + Math.sin(turn) * 90 };
        return { ...element({ ...node, label: label(node), shape: SHAPES[node.what] || "cut-rectangle" }, "nodes"), position };
      }));
      const edges = found.edges.filter((edge) => cy.getElementById(edge.id).empty() && cy.getElementById(edge.source).nonempty() && cy.getElementById(edge.target).nonempty());
      cy.add(edges.map((edge) => element({ ...edge, label: [edge.by, edge.link ? edge.grade || said.ungraded : ""].join(" ").trim() }, "edges")));
    });
    // What was said of one that is there already may have changed with it: how much more there is.
    found.nodes.slice(0, 1).forEach((node) => cy.getElementById(node.id).data({ more: node.more, label: label(node) }));
    styles();
    narrow();
    return fresh.length;
  };

  const arrange = (begin) => chartLayout(cy, begin, () => { if (begin > 40) { cy.fit(undefined, 30); } stage.dataset.ready = String(Math.round(performance.now())); });
  const chosen = () => cy.getElementById(choice.value);

  const expand = async (node) => {
    const shown = node.neighborhood("node").length;
    const most = Math.min(12000, shown + Math.max(STEP, Number(query.get("most")) || 0));
    const ids = cy.nodes().toArray().slice(-WITH).map((one) => one.id()).join(",");
    delete stage.dataset.ready;
    const brought = entered(await fetched(`/chart/${node.id()}/near`, { steps: "1", most, with: ids }), node.position());
    arrange(brought > 0 ? 25 : 1);
  };
  const way = async (node) => {
    const found = await fetched(`/chart/${said.id}/way`, { way: node.id() });
    cy.elements().removeClass("way");
    if (found.nodes.length === 0) { tell(said.noway); return; }
    entered(found, node.position());
    found.nodes.forEach((one) => cy.getElementById(one.id).removeData("hidden").removeClass("off").addClass("way"));
    found.edges.forEach((one) => cy.getElementById(one.id).removeClass("off").addClass("way"));
    arrange(20);
    tell(found.nodes.map((one) => one.name).join(" → "));
  };
  const guarded = (act) => () => { const node = chosen(); if (node.nonempty()) { Promise.resolve(act(node)).catch(failed); } };

  const begin = (found) => {
    const large = found.edges.length > LARGE;
    cy = cytoscape({ container: room, elements: [], minZoom: 0.02, maxZoom: 4, textureOnViewport: large, hideEdgesOnViewport: large, hideLabelsOnViewport: large, pixelRatio: large ? 1 : "auto" });
    stage.chart = cy;
    entered(found, { x: 0, y: 0 });
    cy.getElementById(said.id).addClass("start");
    cy.on("resize", () => cy.fit(undefined, 30));
    cy.on("tap", "node", (event) => { choice.value = event.target.id(); });
    cy.on("dbltap", "node", (event) => expand(event.target).catch(failed));
    choice.value = said.id;
    arrange(120);
  };

  const labelled = (text, field) => make("label", {}, make("span", { textContent: text }), field);
  choice.addEventListener("change", () => { cy.elements().unselect(); chosen().select(); });
  [from, to].forEach((field) => field.addEventListener("change", () => narrow()));
  const tools = make("div", { className: "tools" }, types, labelled(said.from, from), labelled(said.to, to),
    button(said.fit, () => cy.fit(undefined, 30)), button(said.arrange, () => arrange(120)));
  const record = make("div", { className: "tools" }, labelled(said.help, choice), button(said.expand, guarded(expand)), button(said.way, guarded(way)),
    button(said.open, guarded((node) => { window.location.assign(node.data("path")); })),
    button(said.hide, guarded((node) => { node.data("hidden", true); narrow(); })));
  fetched(`/chart/${said.id}/near`, {}).then((found) => {
    stage.querySelectorAll("svg, svg + p").forEach((drawn) => drawn.remove());
    stage.prepend(tools, room, record, status);
    begin(found);
  }).catch(failed);
})();
