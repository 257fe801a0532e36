// Data on a line to move, and the constants that minimise three losses.
"use strict";

{
  const { sum, linspace, say } = lossbook.numbers;
  const start = [1, 1.8, 2.6, 3.2, 4.1, 5.2, 9.5];

  const mean = data => sum(data) / data.length;

  // With n·q not whole, one of the data minimises the quantile loss; with n·q whole, all from this one to the next.
  function quantile(data, q) {
    const sorted = [...data].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(data.length * q - 1e-9) - 1)];
  }
  const squaredError = (data, c) => mean(data.map(y => (c - y) ** 2));
  const absoluteError = (data, c) => mean(data.map(y => Math.abs(c - y)));
  const quantileLoss = (data, c, q) => mean(data.map(y => c > y ? (1 - q) * (c - y) : q * (y - c)));

  function setup(figure, { q: level, styles }) {
    const { SquaredError, AbsoluteError, Quantile } = styles, looks = [SquaredError, AbsoluteError, Quantile];
    figure.key([["squared error", SquaredError], ["absolute error", AbsoluteError], ["quantile loss", Quantile]]);
    const top = figure.plot({ x: [0, 12], y: [0, 20], ylabel: "mean loss", height: 240, label: "Mean loss of a constant prediction, for three losses, with the minimum of each" });
    const low = figure.plot({ x: [0, 12], y: [-0.7, 3.6], yticks: [], xlabel: "prediction c, and the data", height: 180, label: "The data, and mean, median and quantile above them" });
    const curves = looks.map(style => top.curve(style)), minima = looks.map(style => top.dot(style));
    const drops = looks.map(style => [top, low].map(plot => plot.guide(style)));
    const marks = looks.map(style => low.dot(style)), words = looks.map(style => low.text({ dx: 10, dy: 5, colour: style }));
    const data = start.map((y, i) => figure.number(`datum ${i + 1}`, { min: 0, max: 12, value: y, step: 0.1 }));
    const handles = data.map(x => low.handle("var(--ink)", { x }));
    const q = figure.slider("quantile q", { min: 0.05, max: 0.95, value: level, step: 0.05 });
    figure.button("Back to the start", () => start.forEach((y, i) => { data[i].number = y; }));
    const xs = linspace(0, 12, 481);
    figure.update = () => {
      const ys = data.map(x => x.number), best = [mean(ys), quantile(ys, 0.5), quantile(ys, q.number)];
      const losses = [c => squaredError(ys, c), c => absoluteError(ys, c), c => quantileLoss(ys, c, q.number)];
      const titles = ["mean", "median", `${say(q.number)}-quantile`];
      losses.forEach((loss, i) => {
        const c = best[i], row = 3 - i;
        curves[i].show(xs, xs.map(loss));
        minima[i].put(c, loss(c));
        drops[i][0].show([c, c], [0, loss(c)]);
        drops[i][1].show([c, c], [row, 3.6]);
        marks[i].put(c, row);
        words[i].put(c, row, `${titles[i]} ${say(c)}`);
      });
      handles.forEach((handle, i) => handle.put(ys[i], 0));
      const moved = [mean(ys) - mean(start), quantile(ys, 0.5) - quantile(start, 0.5)].map(m => Math.abs(m) > 1e-9);
      figure.say(!moved[0] && !moved[1] ? "Three losses, three answers: mean, median, quantile. Drag the largest datum and see which of them follow."
        : moved[0] && !moved[1] ? `The mean went to ${say(best[0])}; the median stays at ${say(best[1])}, for it asks only on which side the data lie.`
          : `Now the mean is ${say(best[0])}, the median ${say(best[1])} and the ${titles[2]} ${say(best[2])}.`);
    };
  }

  lossbook.define("minimiser", { maths: { mean, quantile, squaredError, absoluteError, quantileLoss }, setup });
}
