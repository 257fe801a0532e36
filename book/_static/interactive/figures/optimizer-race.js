// Four optimizers on a landscape to choose, from a start to drag.
"use strict";

(function ({ lossbook }) {
  const { linspace, say } = lossbook.numbers, steps = 150, turn = Math.PI;

  function ravine(tilt) {
    const c = Math.cos(tilt), s = Math.sin(tilt), along = (x, y) => [c * x + s * y, 25 * (c * y - s * x)];
    return {
      value: (x, y) => { const [u, v] = along(x, y); return (u * u + v * v / 25) / 2; },
      slope: (x, y) => { const [u, v] = along(x, y); return [c * u - s * v, s * u + c * v]; },
      point: (r, t) => { const u = Math.SQRT2 * r * Math.cos(t), v = Math.SQRT2 * r * Math.sin(t) / 5; return [c * u - s * v, s * u + c * v]; },
    };
  }
  // `point` runs along the line of height r²; `rates` are η of the methods, each its best of 1, 2, 5 · 10ᵏ.
  const landscapes = {
    axis: {
      name: "ravine along an axis", ...ravine(0), y: [-2, 2], start: [-2, 1.2], rates: [0.05, 0.05, 0.05, 0.2],
      words: "RMSProp and Adam measure every axis by its own slopes, and hardly see the ravine.",
    },
    aslant: {
      name: "ravine aslant", ...ravine(turn / 6), y: [-2, 2], start: [-2, 1.2], rates: [0.05, 0.05, 0.05, 0.2],
      words: "It is the same ravine, but no axis runs along it: a step size for every axis helps less.",
    },
    Rosenbrock: {
      name: "Rosenbrock’s valley", y: [-1, 3], start: [-1.5, 2], rates: [0.001, 0.001, 0.02, 0.1],
      value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      slope: (x, y) => [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)],
      point: (r, t) => { const x = 1 - r * Math.cos(t); return [x, x * x + r * Math.sin(t) / 10]; },
      words: "Into the valley is easy; along its bend to (1, 1) the slope is small.",
    },
    saddle: {
      name: "saddle", y: [-2, 2], start: [-1.8, 0.01], rates: [0.1, 0.02, 0.05, 0.1],
      value: (x, y) => 5 * x * x + (y * y - 1) ** 2 / 4,
      slope: (x, y) => [10 * x, y * (y * y - 1)],
      point: (r, t) => [r * Math.cos(t) / Math.sqrt(5), Math.sqrt(Math.max(0, 1 + 2 * r * Math.sin(t)))],
      words: "Near (0, 0) the slope is nearly nothing; a method that divides by its size gets away sooner.",
    },
  };

  // From a gradient to the step at η = 1; each run has a memory of its own.
  const methods = {
    descent: () => g => g,
    momentum(mu = 0.9) {
      const v = [0, 0];
      return g => g.map((d, i) => v[i] = mu * v[i] + d);
    },
    rmsprop(beta = 0.9) {
      const v = [0, 0];
      return g => g.map((d, i) => d / (Math.sqrt(v[i] = beta * v[i] + (1 - beta) * d * d) + 1e-8));
    },
    adam(beta1 = 0.9, beta2 = 0.999) {
      const m = [0, 0], v = [0, 0];
      let t = 0;
      return g => {
        t++;
        return g.map((d, i) => {
          m[i] = beta1 * m[i] + (1 - beta1) * d;
          v[i] = beta2 * v[i] + (1 - beta2) * d * d;
          return m[i] / (1 - beta1 ** t) / (Math.sqrt(v[i] / (1 - beta2 ** t)) + 1e-8);
        });
      };
    },
  };
  // Ends early where it runs away.
  function run(method, landscape, [x, y], eta, n = steps) {
    const ahead = methods[method](), { slope } = landscapes[landscape], path = [[x, y]];
    while (path.length <= n && Math.abs(x) + Math.abs(y) < 1e4) {
      const [a, b] = ahead(slope(x, y));
      path.push([x -= eta * a, y -= eta * b]);
    }
    return path;
  }
  const value = (landscape, x, y) => landscapes[landscape].value(x, y);

  function setup(figure, { landscape: first, styles: { blue, red, green, purple } }) {
    const looks = [["gradient descent", blue, ""], ["momentum", red, "9 5"], ["RMSProp", green, "2 5"], ["Adam", purple, "9 5 2 5"]].map(([name, { colour }, dash], i) =>
      [Object.keys(methods)[i], name, { colour, dash }, true]);
    const on = figure.toggles("methods", looks), all = figure.plot.bind(figure);
    const map = all({ x: [-2, 2], y: [-2, 2], equal: true, height: 330, label: "Paths of the methods on the lines of equal height" });
    const low = all({ x: [0, steps], y: [1e-6, 1e3], log: "y", xlabel: "step", ylabel: "height above the minimum", height: 210, label: "Height against step" });
    const levels = linspace(-2.5, 2.5, 11).map(k => [10 ** (k / 2), map.curve("var(--quiet)", { width: 1, opacity: 0.55 })]);
    const paths = looks.map(l => map.curve(l[2], { width: 2 })), heights = looks.map(l => low.curve(l[2])), ends = looks.map(l => map.dot(l[2], { over: false }));
    const now = low.curve({ colour: "var(--quiet)", dash: "2 4" }, { width: 1.5 });
    const choice = figure.choice("landscape", Object.entries(landscapes).map(([key, { name }]) => [key, name]), first);
    const times = figure.slider("every η ×", { min: 0.1, max: 10, value: 1, log: true });
    const at = figure.slider("step", { min: 0, max: steps, value: steps, step: 1 });
    const [x, y] = [-2.2, -2].map((min, i) => figure.number(`start w${"₁₂"[i]}`, { min, max: i ? 3 : 2.2, value: 0, step: 0.01 }));
    const start = map.handle("var(--ink)", { x, y, label: "start" });
    figure.player({ tick: () => { at.number = at.number < steps ? at.number + 1 : 0; return at.number < steps; }, wait: 40 });
    let shown = null;
    figure.update = () => {
      const land = landscapes[choice.value], k = at.number;
      if (shown !== choice.value) {
        shown = choice.value;
        [x.number, y.number] = land.start;
        map.limits({ y: land.y });
        for (const [r, level] of levels) {
          // The lines round a saddle are drawn by halves, and end where the halves meet.
          const end = shown === "saddle" ? Math.asin(Math.min(1, 0.5 / r)) : turn / 2, half = linspace(-end, turn + end, 241).map(t => land.point(r, t));
          const both = shown === "saddle" ? [...half, [NaN, 0], ...half.map(([u, v]) => [u, -v])] : half;
          level.show(both.map(p => p[0]), both.map(p => p[1]));
        }
      }
      const from = [x.number, y.number], lost = [], got = [];
      looks.forEach(([key, name], i) => {
        const path = run(key, shown, from, land.rates[i] * times.number), seen = path.slice(0, k + 1), z = path.map(p => land.value(...p)), last = seen.at(-1);
        for (const node of [paths[i], heights[i], ends[i]]) node.style.display = on.has(key) ? "" : "none";
        paths[i].show(seen.map(p => p[0]), seen.map(p => p[1]));
        ends[i].put(...last);
        heights[i].show(z.map((_, j) => j), z);
        if (on.has(key)) (seen.length <= k ? lost : got).push([name, z[seen.length - 1]]);
      });
      start.put(...from);
      now.show([k, k], [1e-6, 1e3]);
      got.sort((a, b) => a[1] - b[1]);
      const [best, ...others] = got;
      figure.say(!k ? "All start here." : `${best ? `After ${k} steps ${best[0]} is lowest, ${say(best[1], 2)} above the minimum${others.map(([n, h], i) => `${i ? ", " : "; then "}${n} ${say(h, 2)}`).join("")}.` : "None is left."}`
        + (lost.length ? ` Run away: ${lost.map(([n]) => n).join(", ")}.` : "") + ` ${land.words}`);
    };
  }

  lossbook.define("optimizer-race", { maths: { run, value, landscapes }, setup });
})(globalThis);
