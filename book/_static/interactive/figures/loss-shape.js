// A loss and its gradient under its parameter.
"use strict";

{
  const { linspace, clamp, softplus, sigmoid, say } = lossbook.numbers;

  const huber = {
    value: (r, d) => { const c = clamp(r, -d, d); return c * (r - c / 2); },
    slope: (r, d) => clamp(r, -d, d),
  };
  const quantile = {
    value: (r, q) => r > 0 ? (1 - q) * r : -q * r,
    slope: (r, q) => r > 0 ? 1 - q : -q,
  };
  // Of the logit of a sample of class 1.
  const focal = {
    value: (z, g) => sigmoid(-z) ** g * softplus(-z),
    slope: (z, g) => -(sigmoid(-z) ** g) * (g * sigmoid(z) * softplus(-z) + sigmoid(-z)),
  };
  const general = {
    value(r, a) {
      if (a === 2) return r * r / 2;
      if (a === 0) return Math.log1p(r * r / 2);
      const b = 2 - a;
      return b / a * Math.expm1(a / 2 * Math.log1p(r * r / b));
    },
    slope: (r, a) => a === 2 ? r : r * (1 + r * r / (2 - a)) ** (a / 2 - 1),
  };

  const families = { huber, quantile, focal, general };

  // What differs between families: the parameter, the window, a loss to compare with, the words.
  const looks = {
    huber: {
      name: "Huber", slider: ["threshold δ", { min: 0.1, max: 4, value: 1, step: 0.05 }], other: ["squared error, halved", 100],
      at: "residual r", start: 2.5, x: [-5, 5], y: [0, 8], s: [-4.5, 4.5],
      words: (d, r, v, s) => Math.abs(r) <= d
        ? `The residual ${say(r)} is within δ = ${say(d)}: it pulls like a squared error, with ${say(s)}.`
        : `The residual ${say(r)} is beyond δ = ${say(d)}: however far it goes, it pulls with ${say(s)} and no more.`,
    },
    quantile: {
      name: "quantile", slider: ["quantile q", { min: 0.02, max: 0.98, value: 0.8, step: 0.01 }], other: ["half the absolute error", 0.5],
      at: "residual r", start: 2, x: [-5, 5], y: [0, 5], s: [-1.1, 1.1],
      words: (q, r, v, s) => `A unit too low costs ${say(q)}, a unit too high ${say(1 - q)}: the loss is at rest when `
        + `${say(100 * q)} % of the truths lie below the prediction.`,
    },
    focal: {
      name: "focal", slider: ["focus γ", { min: 0, max: 5, value: 2, step: 0.05 }], other: ["cross-entropy", 0],
      at: "logit z", start: -2, x: [-5, 5], y: [0, 5.5], s: [-1.5, 0.25],
      words: (g, z, v, s) => `With γ = ${say(g)} a sample of class 1 that the model gives ${say(100 * sigmoid(z), 2)} % `
        + `pulls with ${say(s)}; cross-entropy would pull with ${say(focal.slope(z, 0))}.`,
    },
    general: {
      name: "general robust", slider: ["shape α", { min: -10, max: 2, value: 1, step: 0.1 }], other: ["α = 2: squared error, halved", 2],
      at: "residual r", start: 3, x: [-6, 6], y: [0, 8], s: [-4.5, 4.5],
      words: (a, r, v, s) => `α = ${say(a)}: the residual ${say(r)} pulls with ${say(s)}. `
        + (a === 2 ? "Every outlier pulls in proportion to its size." : a > 1 ? "The pull still grows without bound, but ever more slowly."
          : a === 1 ? "The pull levels off at 1." : "Far away the pull fades: an outlier is let go."),
    },
  };

  function setup(figure, { family, styles }) {
    const look = looks[family], { value, slope } = families[family];
    const [style, blue] = Object.values(styles), grey = { colour: "var(--quiet)", dash: "2 5" }, [a, b] = look.x;
    figure.key([[`${look.name} loss`, style], [look.other[0], grey], ["tangent", blue]]);
    const top = figure.plot({ x: look.x, y: look.y, ylabel: "loss ℓ", height: 210, label: `The ${look.name} loss and its tangent at a point` });
    const low = figure.plot({ x: look.x, y: look.s, ylabel: "gradient ℓ′", xlabel: look.at, height: 210, label: `The gradient of the ${look.name} loss` });
    const parameter = figure.slider(...look.slider), where = figure.slider(look.at, { min: a, max: b, value: look.start, step: 0.05 });
    const others = [top, low].map(plot => plot.curve(grey, { width: 2 }));
    const tangent = top.curve(blue, { width: 7, opacity: 0.4 }), curves = [top, low].map(plot => plot.curve(style));
    const points = [top, low].map(plot => plot.handle(style, { x: where, label: look.at }));
    const xs = linspace(a, b, 501);
    figure.update = () => {
      const p = parameter.number, x = where.number, v = value(x, p), s = slope(x, p);
      [value, slope].forEach((f, i) => {
        others[i].show(xs, xs.map(t => f(t, look.other[1])));
        curves[i].show(xs, xs.map(t => f(t, p)));
        points[i].put(x, f(x, p));
      });
      tangent.show([a, b], [v + s * (a - x), v + s * (b - x)]);
      figure.say(look.words(p, x, v, s));
    };
  }

  lossbook.define("loss-shape", { maths: families, setup });
}
