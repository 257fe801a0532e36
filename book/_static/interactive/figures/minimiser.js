// Data on a line to move, and the constants that minimise three losses.
"use strict";

{
  const { sum, linspace, say } = lossbook.numbers;

  const mean = data => sum(data) / data.length;

  // With n·q whole, all from this one to the next are minima.
  function quantile(data, q) {
    return [...data].sort((a, b) => a - b)[Math.max(0, Math.ceil(data.length * q - 1e-9) - 1)];
  }
  const squaredError = (data, c) => mean(data.map(y => (c - y) ** 2));
  const absoluteError = (data, c) => mean(data.map(y => Math.abs(c - y)));
  const quantileLoss = (data, c, q) => mean(data.map(y => c > y ? (1 - q) * (c - y) : q * (y - c)));

  function setup(figure, { data: start, q: level, styles }) {
    const looks = Object.values(styles);
    // Round ends beyond the data.
    const least = Math.min(...start), span = Math.max(...start) - least, unit = 10 ** Math.floor(Math.log10(span));
    const x = [Math.floor((least - span / 8) / unit), Math.ceil((least + span * 9 / 8) / unit)].map(end => end * unit);
    figure.key(["squared error", "absolute error", "quantile loss"].map((name, i) => [name, looks[i]]));
    const top = figure.plot({ x, y: [0, 4], ylabel: "mean loss, scaled", height: 240, label: "Three mean losses of a constant prediction, and their minima" });
    const low = figure.plot({ x, y: [-0.7, 3.6], yticks: [], xlabel: "prediction c, and the data", height: 180, label: "The data, and mean, median and quantile above them" });
    const curves = looks.map(style => top.curve(style)), minima = looks.map(style => top.dot(style));
    const drops = looks.map(style => [top, low].map(plot => plot.guide(style)));
    const marks = looks.map(style => low.dot(style)), words = looks.map(style => low.text({ dx: 10, dy: 5, colour: style }));
    const data = start.map((y, i) => figure.number(`datum ${i + 1}`, { min: x[0], max: x[1], value: y, step: unit / 10 }));
    const handles = data.map(x => low.handle("var(--ink)", { x }));
    const q = figure.slider("quantile q", { min: 0.05, max: 0.95, value: level, step: 0.05 });
    figure.button("Back to the start", () => start.forEach((y, i) => { data[i].number = y; }));
    const xs = linspace(...x, 481);
    const bests = ys => [mean(ys), quantile(ys, 0.5), quantile(ys, q.number)];
    const losses = [squaredError, absoluteError, (ys, c) => quantileLoss(ys, c, q.number)];
    figure.update = () => {
      const ys = data.map(x => x.number), best = bests(ys), first = bests(start);
      const titles = ["mean", "median", `${say(q.number)}-quantile`];
      losses.forEach((loss, i) => {
        const c = best[i], one = loss(start, first[i]), height = c => loss(ys, c) / one;
        // The rightmost on top: no guide crosses words.
        const row = best.filter((d, j) => d < c || d === c && j <= i).length;
        curves[i].show(xs, xs.map(height));
        minima[i].put(c, height(c));
        drops[i][0].show([c, c], [0, height(c)]);
        drops[i][1].show([c, c], [row, 3.6]);
        marks[i].put(c, row);
        words[i].put(c, row, `${titles[i]} ${say(c)}`);
      });
      handles.forEach((handle, i) => handle.put(ys[i], 0));
      const moved = best.map((c, i) => Math.abs(c - first[i]) > 1e-9 * span);
      figure.say(moved[1] ? `Now the mean is ${say(best[0])}, the median ${say(best[1])} and the ${titles[2]} ${say(best[2])}.`
        : moved[0] ? `The mean went to ${say(best[0])}; the median stays at ${say(best[1])}, for it asks only on which side the data lie.`
          : "Three losses, three answers: mean, median, quantile. Drag the largest datum and see which of them follow.");
    };
  }

  lossbook.define("minimiser", { maths: { mean, quantile, squaredError, absoluteError, quantileLoss }, setup });
}
