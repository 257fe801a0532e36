// Schedules of the learning rate, and where noisy descent gets with them.
"use strict";

{
  const { linspace, say } = lossbook.numbers, steps = 200;

  // Shares of η₀ after t steps; those with h are at half after h.
  const shapes = {
    constant: () => 1,
    staircase: (t, h) => 0.5 ** Math.floor(t / h),
    exponential: (t, h) => 0.5 ** (t / h),
    inverse: (t, h) => 1 / (1 + t / h),
    cosine: (t, h, total) => (1 + Math.cos(Math.PI * t / total)) / 2,
  };
  const rate = (name, t, eta, h, warm) => eta * (t < warm ? (t + 1) / (warm + 1) : shapes[name](t - warm, h, steps - warm));

  // The expected squared error on the parabola w²/2, when every slope has noise of variance 1.
  function errors(rates, error) {
    return rates.map(eta => { const now = error; error = (1 - eta) ** 2 * error + eta ** 2; return now; });
  }

  function setup(figure, { show, styles }) {
    const names = Object.keys(shapes), looks = Object.values(styles), ts = linspace(0, steps, steps + 1), x = [0, steps];
    const on = figure.toggles("schedules", names.map((name, i) => [name, name, looks[i], show.includes(name)]));
    const top = figure.plot({ x, y: [0, 1], ylabel: "learning rate η", height: 190, label: "Learning rates" });
    const low = figure.plot({ x, y: [1e-3, 1e2], log: "y", xlabel: "step", ylabel: "expected squared error, slopes noisy", height: 220 });
    const now = low.guide(), lines = looks.map(look => [top, low].map(plot => plot.curve(look)));
    const [eta, h, warm, at] = [["first rate η₀", 0.02, 2.5, 0.5, 0.02], ["half after h", 1, 100, 5, 1], ["warm-up", 0, 50, 0, 1], ["step", 0, steps, steps, 1]]
      .map(([name, min, max, value, step]) => figure.slider(name, { min, max, value, step }));
    figure.update = () => {
      const t = at.number, e = eta.number, said = [];
      top.limits({ y: [0, 1.1 * e] });
      names.forEach((name, i) => {
        const rates = ts.map(k => rate(name, k, e, h.number, warm.number)), path = errors(rates, 100);
        [rates, path].forEach((ys, j) => lines[i][j].show(ts, ys));
        on.show(name, lines[i]);
        if (on.has(name)) said.push([path[t], name]);
      });
      now.show([t, t], [1e-3, 1e2]);
      said.sort((a, b) => a[0] - b[0]);
      figure.say(`Error left after ${t} steps: ${said.map(([error, name]) => `${name} ${say(error, 2)}`).join(", ") || "none is chosen"}. `
        + (e < 2 ? `At a constant η = ${say(e)} the noise keeps it at ${say(e / (2 - e), 2)}.` : "A constant rate of 2 or more runs away."));
    };
  }

  lossbook.define("schedules", { maths: { rate, errors }, setup });
}
