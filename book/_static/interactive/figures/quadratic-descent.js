// Gradient descent and momentum on a quadratic whose curvatures are 1 and κ.
"use strict";

(function ({ lossbook }) {
  const { linspace, say } = lossbook.numbers;

  // The Hessian, turned by the angle `tilt`, as [h₁₁, h₁₂, h₂₂].
  function hessian(kappa, tilt) {
    const c = Math.cos(tilt), s = Math.sin(tilt);
    return [c * c + kappa * s * s, (1 - kappa) * c * s, s * s + kappa * c * c];
  }
  function height([x, y], kappa, tilt) {
    const [a, b, d] = hessian(kappa, tilt);
    return (a * x * x + 2 * b * x * y + d * y * y) / 2;
  }
  function path(start, kappa, tilt, eta, mu, steps) {
    const [a, b, d] = hessian(kappa, tilt), points = [start];
    let [x, y] = start, u = 0, v = 0;
    for (let k = 0; k < steps; k++) {
      u = mu * u + a * x + b * y;
      v = mu * v + b * x + d * y;
      points.push([x -= eta * u, y -= eta * v]);
    }
    return points;
  }
  const limit = (kappa, mu) => 2 * (1 + mu) / kappa;

  // What a step leaves in the long run of an error in a direction of this curvature: the larger
  // root of z² − (1 + μ − ηλ) z + μ.
  function factor(curvature, eta, mu) {
    const half = (1 + mu - eta * curvature) / 2, root = half * half - mu;
    return root < 0 ? Math.sqrt(mu) : Math.abs(half) + Math.sqrt(root);
  }

  function setup(figure, { ratio, momentum, styles: { blue, red } }) {
    const steps = 60, fast = { ...red, dash: "7 4" }, looks = [["gradient descent", blue], ["momentum", fast]];
    figure.key(looks);
    const map = figure.plot({ x: [-2, 2], y: [-2, 2], equal: true, xlabel: "w₁", ylabel: "w₂", height: 320, label: "Path of the descent on the lines of equal loss of a quadratic" });
    const low = figure.plot({ x: [0, steps], y: [1e-6, 1e2], log: "y", xlabel: "step", ylabel: "loss, that of the start being 1", height: 180, label: "Loss against step" });
    const levels = linspace(-1, 9, 11).map(k => [0.5 * 1.6 ** k, map.curve("var(--quiet)", { width: 1, opacity: 0.55 })]);
    const lines = looks.map(([, style]) => map.curve(style, { width: 1.6 })), dots = looks.map(([, style]) => map.curve(style.colour, { width: 6.5 }));
    const losses = looks.map(([, style]) => low.curve(style));
    map.curve("var(--ink)", { width: 9 }).show([0, 0], [0, 0]);
    const kappa = figure.slider("curvature ratio κ", { min: 1, max: 100, value: ratio, log: true, step: 0.01 });
    const tilt = figure.slider("tilt", { min: 0, max: 90, value: 25, step: 1, read: d => `${d}°` });
    const eta = figure.slider("step η", { min: 0.005, max: 4, value: 1.8 / ratio, log: true, step: 0.002 });
    const mu = figure.slider("momentum μ", { min: 0, max: 0.99, value: momentum, step: 0.01 });
    figure.button("Best step", () => { mu.number = 0; eta.number = 2 / (1 + kappa.number); });
    figure.button("Best step and momentum", () => {
      const root = Math.sqrt(kappa.number);
      mu.number = ((root - 1) / (root + 1)) ** 2;
      eta.number = 4 / (root + 1) ** 2;
    });
    const [x, y] = [-2, 1].map((value, i) => figure.number(`start w${"₁₂"[i]}`, { min: -2, max: 2, value, step: 0.05 }));
    const start = map.handle("var(--ink)", { x, y, label: "start" });
    figure.update = () => {
      const k = kappa.number, angle = tilt.number * Math.PI / 180, c = Math.cos(angle), s = Math.sin(angle), e = eta.number, m = mu.number;
      for (const [r, level] of levels) {
        const ring = linspace(0, 2 * Math.PI, 121).map(t => [r * Math.cos(t), r * Math.sin(t) / Math.sqrt(k)]);
        level.show(ring.map(([u, v]) => c * u - s * v), ring.map(([u, v]) => s * u + c * v));
      }
      const from = [x.number, y.number], top = height(from, k, angle) || 1;
      [0, m].forEach((share, i) => {
        for (const group of [lines, dots, losses]) group[i].style.display = i && !m ? "none" : "";
        const points = path(from, k, angle, e, share, steps), [xs, ys] = [0, 1].map(j => points.map(p => p[j]));
        lines[i].show(xs, ys);
        dots[i].show(xs.flatMap(v => [v, v, NaN]), ys.flatMap(v => [v, v, NaN]));
        losses[i].show(points.map((_, j) => j), points.map(p => height(p, k, angle) / top));
      });
      start.put(...from);
      const [flat, steep] = [1, k].map(curvature => factor(curvature, e, m)), left = Math.max(flat, steep), edge = limit(k, m);
      const bound = `${m ? "2(1 + μ)/L" : "2/L"} = ${say(edge)}`, digit = Math.ceil(Math.log(10) / -Math.log(left));
      figure.say(e > edge ? `η = ${say(e)} is beyond ${bound}: across the ravine every hop is ${say(left)} times the last.`
        : left < 1e-6 ? `η = ${say(e)}: the bowl is round, and one step arrives.`
          : `η = ${say(e)} is below ${bound}. ${Math.abs(flat - steep) < 1e-9 ? "Every direction is equally fast" : flat > steep
            ? "The flat direction is slow" : "The steep direction hops, and is slow"}: a step leaves ${say(100 * left)} % of the error, a digit costs ${say(digit, 6)} step${digit > 1 ? "s" : ""}.`);
    };
  }

  lossbook.define("quadratic-descent", { maths: { path, height, limit, factor }, setup });
})(globalThis);
