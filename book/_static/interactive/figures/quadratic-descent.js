// Gradient descent, with momentum or without, on a quadratic whose curvatures are 1 and κ.
"use strict";

{
  const { linspace, say } = lossbook.numbers, steps = 60;

  // The Hessian, turned by the angle `tilt`, as [h₁₁, h₁₂, h₂₂].
  function hessian(kappa, tilt) {
    const c = Math.cos(tilt), s = Math.sin(tilt);
    return [c * c + kappa * s * s, (1 - kappa) * c * s, s * s + kappa * c * c];
  }
  const height = ([x, y], [a, b, d]) => (a * x * x + 2 * b * x * y + d * y * y) / 2;
  function path([x, y], [a, b, d], eta, mu) {
    const points = [[x, y]];
    let u = 0, v = 0;
    while (points.length <= steps) {
      u = mu * u + a * x + b * y;
      v = mu * v + b * x + d * y;
      points.push([x -= eta * u, y -= eta * v]);
    }
    return points;
  }
  const limit = (kappa, mu) => 2 * (1 + mu) / kappa;

  // What a step leaves, in the long run, of an error along this curvature: the larger
  // root of z² − (1 + μ − ηλ) z + μ.
  function factor(curvature, eta, mu) {
    const half = (1 + mu - eta * curvature) / 2, root = half * half - mu;
    return root < 0 ? Math.sqrt(mu) : Math.abs(half) + Math.sqrt(root);
  }

  function setup(figure, { ratio, momentum, styles: { blue } }) {
    const map = figure.plot({ x: [-2, 2], y: [-2, 2], equal: true, height: 290, label: "Path of the descent on lines of equal loss" });
    const low = figure.plot({ x: [0, steps], y: [1e-6, 1e2], log: "y", xlabel: "step", ylabel: "loss, 1 at the start", height: 180 });
    const levels = map.contours(linspace(-4, 10, 15).map(k => 2 ** k / 4));
    const line = map.curve(blue, { width: 1.5 }), dots = map.curve(blue, { width: 7 }), losses = low.curve(blue);
    map.text({ anchor: "middle", dy: 6 }).put(0, 0, "★");
    const kappa = figure.slider("curvature ratio κ", { min: 1, max: 100, value: ratio, log: true });
    const tilt = figure.slider("tilt", { min: 0, max: 90, value: 25, step: 1, read: d => `${d}°` });
    const eta = figure.slider("step η", { min: 0.005, max: 4, value: 1.8 / ratio, log: true, step: 0.002 });
    const mu = figure.slider("momentum μ", { min: 0, max: 0.99, value: momentum, step: 0.01 });
    const best = share => {
      mu.number = share;
      eta.number = share ? (1 + Math.sqrt(mu.number)) ** 2 / kappa.number : 2 / (1 + kappa.number);
    };
    figure.button("Best step", () => best(0));
    figure.button("Best with momentum", () => best((1 - 2 / (1 + Math.sqrt(kappa.number))) ** 2));
    const [x, y] = [-1.9, 1.2].map((value, i) => figure.number(`w${"₁₂"[i]}`, { min: -2, max: 2, value, step: 0.05 }));
    const start = map.handle("var(--ink)", { x, y, label: "start" });
    figure.update = () => {
      const k = kappa.number, e = eta.number, m = mu.number, H = hessian(k, tilt.number * Math.PI / 180), from = [x.number, y.number];
      const points = path(from, H, e, m), ends = [0, 1].map(j => points.map(p => p[j]));
      levels.show((...p) => height(p, H));
      line.show(...ends);
      dots.show(...ends.map(vs => vs.flatMap(v => [v, v, NaN])));
      losses.show(Object.keys(points), points.map(p => height(p, H) / (height(from, H) || 1)));
      start.put(...from);
      const [flat, steep] = [1, k].map(curvature => factor(curvature, e, m)), left = Math.max(flat, steep), edge = limit(k, m);
      const bound = `2${m ? "(1 + μ)" : ""}/λ = ${say(edge)}`;
      figure.say(e > edge ? `η = ${say(e)} is beyond ${bound}: across the ravine every hop is ${say(left)} times the last.`
        : `η = ${say(e)} is below ${bound}. ${Math.abs(flat - steep) < 5e-3 ? "All directions are equally fast" : `The ${flat > steep ? "flat" : "steep"} direction is the slow one`}: `
          + `a step leaves ${say(100 * left)} % of the error; steps for a digit: ${say(Math.ceil(Math.log(10) / -Math.log(left)) || 1, 6)}.`);
    };
  }

  lossbook.define("quadratic-descent", { maths: { hessian, path, height, limit, factor }, setup });
}
