// One point to drag, and three lines that follow it or do not.
"use strict";

{
  const { sum, say } = lossbook.numbers;
  const others = [[0.5, 1.6], [1.4, 1.5], [2.3, 2.5], [3.1, 2.2], [4.2, 3.3], [5, 3.1], [5.9, 4.2], [6.8, 4.1], [7.7, 5]];

  // Each fit is [intercept, slope].
  function squared(xs, ys, ws = xs.map(() => 1)) {
    const n = sum(ws), mx = sum(ws.map((w, i) => w * xs[i])) / n, my = sum(ws.map((w, i) => w * ys[i])) / n;
    const slope = sum(ws.map((w, i) => w * (xs[i] - mx) * (ys[i] - my))) / sum(ws.map((w, i) => w * (xs[i] - mx) ** 2));
    return [my - slope * mx, slope];
  }

  // Some best line goes through two of the points: try them all.
  function absolute(xs, ys) {
    let best = null, least = Infinity;
    for (let i = 0; i < xs.length; i++) for (let j = 0; j < i; j++) {
      if (xs[i] === xs[j]) continue;
      const slope = (ys[i] - ys[j]) / (xs[i] - xs[j]), fit = [ys[i] - slope * xs[i], slope];
      const cost = sum(xs.map((x, k) => Math.abs(fit[0] + slope * x - ys[k])));
      if (cost < least * (1 - 1e-12)) [best, least] = [fit, cost];
    }
    return best;
  }

  // Least squares again and again, a residual beyond δ weighing δ/|r|, until nothing moves.
  function huber(xs, ys, delta) {
    let fit = squared(xs, ys);
    for (let step = 0; step < 5000; step++) {
      const [a, b] = fit;
      fit = squared(xs, ys, xs.map((x, i) => Math.min(1, delta / Math.abs(a + b * x - ys[i]))));
      if (Math.abs(fit[0] - a) + Math.abs(fit[1] - b) < 1e-15) break;
    }
    return fit;
  }

  function setup(figure, { styles: { SquaredError, AbsoluteError, Huber } }) {
    const names = [["squared", SquaredError], ["absolute", AbsoluteError], ["Huber", Huber]];
    const plot = figure.plot({ x: [0, 25], y: [0, 12], xlabel: "x", ylabel: "y", height: 360, right: 68, label: "Ten points and the lines that fit them by three losses" });
    for (const [x, y] of others) plot.dot("var(--quiet)", { r: 5 }).put(x, y);
    const lines = names.map(([, style]) => plot.curve(style)), ends = plot.names(names);
    const hint = plot.text({ dx: 0, dy: -16, anchor: "middle" });
    const x = figure.slider("the point’s x", { min: 0, max: 25, value: 9, step: 0.1 });
    const y = figure.slider("its y", { min: 0, max: 12, value: 0.8, step: 0.1 });
    const delta = figure.slider("Huber’s δ", { min: 0.1, max: 4, value: 0.5, step: 0.05 });
    const point = plot.handle("var(--ink)", { x, y, label: "the point to drag", r: 8 });
    const fits = points => {
      const xs = points.map(p => p[0]), ys = points.map(p => p[1]);
      return [squared(xs, ys), absolute(xs, ys), huber(xs, ys, delta.number)];
    };
    for (const [name, u, v] of [["Put it on the line", 9, 5.4], ["Put it far out", 25, 0.8]])
      figure.button(name, () => { x.number = u; y.number = v; });
    figure.update = () => {
      const now = fits([...others, [x.number, y.number]]), moved = fits(others).map(([, slope], i) => now[i][1] - slope);
      now.forEach(([a, b], i) => lines[i].show([0, 25], [a, a + 25 * b]));
      ends.put(now.map(([a, b]) => a + 25 * b));
      point.put(x.number, y.number);
      hint.put(x.number, y.number, x.number === 9 && y.number === 0.8 ? "drag me" : "");
      const says = ["least squares", "the absolute error", "Huber"].map((name, i) => [name, say(now[i][1], 2), Math.abs(moved[i]) > 0.1]);
      const list = (turned, word) => says.filter(([, , far]) => far === turned).map(([name, slope], i) => `${name} ${i ? "" : word}${slope}`).join(", ");
      const turned = says.filter(([, , far]) => far).length;
      figure.say(!turned ? `The point lies with the others, and the three lines agree: slope ${says[0][1]}.`
        : turned < 3 ? `One point turns ${list(true, "to a slope of ")}; ${list(false, "stays at ")}.`
          : `The point turns every line: ${list(true, "to a slope of ")}.${x.number > 12 ? " So far out its lever is long: a bounded pull is enough." : ""}`);
    };
  }

  lossbook.define("outlier", { maths: { others, squared, absolute, huber }, setup });
}
