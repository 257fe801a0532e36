// Four optimizers on a landscape to choose, from a start to drag.
"use strict";

{
  const { linspace, say } = lossbook.numbers, steps = 120;

  // A Hessian, and a good η of each method.
  const quadratic = (a, b, d) => ({
    value: (x, y) => (a * x * x + 2 * b * x * y + d * y * y) / 2,
    slope: (x, y) => [a * x + b * y, b * x + d * y],
    start: [-2, 1.2], rates: [0.05, 0.01, 1, 0.2],
  });
  const landscapes = {
    ravine: { name: "ravine along an axis", words: "AdaGrad and Adam give each axis a step of its own.", ...quadratic(1, 0, 25) },
    aslant: { name: "ravine aslant", words: "AdaGrad and Adam measure along the axes; the ravine lies between.", ...quadratic(7, -6 * Math.sqrt(3), 19) },
    rosenbrock: {
      name: "Rosenbrock’s valley", words: "The way into the valley is steep, the way along it flat.",
      value: (x, y) => (1 - x) ** 2 + 10 * (y - x * x) ** 2,
      slope: (x, y) => [2 * (x - 1) - 40 * x * (y - x * x), 20 * (y - x * x)],
      start: [-1.2, 1], rates: [0.01, 0.01, 0.5, 0.2],
    },
    saddle: {
      name: "saddle", words: "Near the saddle in the middle there is hardly a slope.",
      value: (x, y) => 5 * x * x + (y * y - 1) ** 2 / 4,
      slope: (x, y) => [10 * x, y * (y * y - 1)],
      start: [-1.8, 0.01], rates: [0.05, 0.02, 0.5, 0.1],
    },
  };

  // From a gradient to the step for η = 1; each run has memories v and m of its own.
  const methods = {
    "gradient descent": () => g => g,
    momentum: v => g => g.map((d, i) => v[i] = 0.9 * v[i] + d),
    AdaGrad: v => g => g.map((d, i) => d / (Math.sqrt(v[i] += d * d) + 1e-10)),
    Adam: (v, m, a = 1, b = 1) => g => {
      a *= 0.9;
      b *= 0.999;
      return g.map((d, i) => (m[i] = 0.9 * m[i] + 0.1 * d) / (1 - a) / (Math.sqrt((v[i] = 0.999 * v[i] + 0.001 * d * d) / (1 - b)) + 1e-8));
    },
  };
  // Ends early where it runs away.
  function run(method, landscape, [x, y], eta) {
    const step = methods[method]([0, 0], [0, 0]), path = [[x, y]];
    while (path.length <= steps && Math.abs(x) + Math.abs(y) < 1e4) {
      const [a, b] = step(landscapes[landscape].slope(x, y));
      path.push([x -= eta * a, y -= eta * b]);
    }
    return path;
  }

  function setup(figure, { landscape, styles }) {
    const names = Object.keys(methods), looks = Object.values(styles);
    const on = figure.toggles("methods", names.map((name, i) => [name, name, looks[i], true]));
    const map = figure.plot({ x: [-2, 2], y: [-2, 2], equal: true, height: 290, label: "Paths of the methods on lines of equal height" });
    const low = figure.plot({ x: [0, steps], y: [1e-6, 1e2], log: "y", xlabel: "step", ylabel: "height above the minimum", height: 200 });
    const levels = map.contours(linspace(-4, 8, 13).map(k => 2 ** k));
    const lines = looks.map(look => [map.curve(look), low.curve(look), map.dot(look, { over: false })]);
    const choice = figure.choice("landscape", Object.entries(landscapes).map(([key, { name }]) => [key, name]), landscape);
    const times = figure.slider("every η ×", { min: 0.1, max: 10, value: 1, log: true });
    const at = figure.slider("step", { min: 0, max: steps, value: steps, step: 1 });
    const [x, y] = [-2, -2].map((min, i) => figure.number(`w${"₁₂"[i]}`, { min, max: 2, value: 0, step: 0.01 }));
    const start = map.handle("var(--ink)", { x, y, label: "start" });
    figure.player(() => (at.number = at.number < steps ? at.number + 1 : 0) < steps);
    let last = null;
    figure.update = () => {
      const key = choice.value, land = landscapes[key], k = at.number, said = [];
      if (last !== key) {
        last = key;
        [x.number, y.number] = land.start;
        levels.show(land.value);
      }
      start.put(x.number, y.number);
      names.forEach((name, i) => {
        const path = run(name, key, [x.number, y.number], land.rates[i] * times.number).slice(0, k + 1), heights = path.map(p => land.value(...p)), [line, curve, dot] = lines[i];
        on.show(name, lines[i]);
        line.show(...[0, 1].map(j => path.map(p => p[j])));
        curve.show(Object.keys(path), heights);
        dot.put(...path.at(-1));
        if (on.has(name)) said.push([heights[k] ?? Infinity, name]);
      });
      said.sort((a, b) => a[0] - b[0]);
      figure.say(`Height after ${k} steps: ${said.map(([h, name]) => `${name} ${h < 1e-6 ? "under 10⁻⁶" : say(h, 2)}`).join(", ") || "nobody runs"}. ${land.words}`);
    };
  }

  lossbook.define("optimizer-race", { maths: { run, landscapes }, setup });
}
