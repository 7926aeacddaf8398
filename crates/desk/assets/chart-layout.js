// Places for the records of a chart, worked out a few milliseconds at a time, so that the page can be used meanwhile.
"use strict";
window.chartLayout = (() => {
  const SMALL = 700; // up to so many records push each other away; more are laid out in rings
  const LENGTH = 90; // how far two that are tied stand apart
  const WIDE = 1.9; // names are written across, so charts are wider than high
  const SLICE = 8; // milliseconds of work between two frames

  // Rings around the start: those with most ties inside. One step, however many there are.
  const rings = (nodes) => {
    const order = nodes.slice().sort((a, b) => b.degree(false) - a.degree(false));
    let [ring, at, room] = [0, 0, 1];
    order.forEach((node) => {
      if (at === room) { ring += 1; at = 0; room = Math.floor(2 * Math.PI * ring * 2.2); }
      const turn = (2 * Math.PI * at) / room;
      node.position({ x: Math.cos(turn) * ring * 60, y: Math.sin(turn) * ring * 60 });
      at += 1;
    });
  };

  const pushed = (points, ties, heat) => {
    const cells = new Map();
    const key = (x, y) => `${Math.floor(x / (2 * LENGTH))},${Math.floor(y / (2 * LENGTH))}`;
    points.forEach((p) => {
      p.dx = -p.x * 0.012;
      p.dy = -p.y * 0.012;
      const at = key(p.x, p.y);
      if (!cells.has(at)) { cells.set(at, []); }
      cells.get(at).push(p);
    });
    points.forEach((p) => {
      for (let i = -1; i <= 1; i += 1) {
        for (let j = -1; j <= 1; j += 1) {
          (cells.get(key(p.x + i * 2 * LENGTH, p.y + j * 2 * LENGTH)) || []).forEach((q) => {
            if (p === q) { return; }
            const [x, y] = [p.x - q.x || 0.5, p.y - q.y || 0.5];
            const force = (LENGTH * LENGTH) / Math.max(x * x + y * y, 60);
            p.dx += x * force * 0.06;
            p.dy += y * force * 0.06;
          });
        }
      }
    });
    ties.forEach(([p, q]) => {
      const [x, y] = [p.x - q.x, p.y - q.y];
      const far = Math.max(1, Math.hypot(x, y));
      const force = ((far - LENGTH) / far) * 0.08;
      p.dx -= x * force; p.dy -= y * force;
      q.dx += x * force; q.dy += y * force;
    });
    points.forEach((p) => {
      if (p.still) { return; }
      const far = Math.max(1, Math.hypot(p.dx, p.dy));
      p.x += (p.dx / far) * Math.min(far, heat);
      p.y += (p.dy / far) * Math.min(far, heat);
    });
  };

  // `begin` is how far a record may go in the first round: much for a new chart, little where only some are new.
  return (cy, begin, done) => {
    const nodes = cy.nodes(":visible").toArray();
    if (nodes.length > SMALL) {
      cy.batch(() => rings(nodes));
      done();
      return;
    }
    const points = nodes.map((node, nth) => {
      const { x, y } = node.position();
      // A fixed spread, so that the same chart looks the same again.
      const turn = nth * 2.39996;
      const far = 30 * Math.sqrt(nth);
      return { node, x: begin > 40 ? Math.cos(turn) * far : x / WIDE, y: begin > 40 ? Math.sin(turn) * far : y, still: node.grabbed() };
    });
    const of = new Map(points.map((p) => [p.node.id(), p]));
    const ties = cy.edges(":visible").toArray().map((edge) => [of.get(edge.source().id()), of.get(edge.target().id())]);
    const held = ties.filter(([p, q]) => p && q);
    let heat = begin;
    const step = () => {
      const until = performance.now() + SLICE;
      while (heat > 0.6 && performance.now() < until) { pushed(points, held, heat); heat *= 0.975; }
      cy.batch(() => points.forEach((p) => p.node.position({ x: p.x * WIDE, y: p.y })));
      if (heat > 0.6) { window.requestAnimationFrame(step); } else { done(); }
    };
    step();
  };
})();
