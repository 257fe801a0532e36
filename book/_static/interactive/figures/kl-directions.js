// One bell q for two humps p: its cost in each direction.
"use strict";

{
  const { linspace, sum, softplus, say } = lossbook.numbers, { exp, log } = Math;

  // Logarithms: of a bell, and of 0.6 of one on the left and 0.4 of one on the right.
  const bell = (x, m, s) => -(((x - m) / s) ** 2) / 2 - log(s * Math.sqrt(2 * Math.PI));
  function humps(x) {
    const right = log(0.4) + bell(x, 2, 0.5);
    return right + softplus(log(0.6) + bell(x, -2, 0.5) - right);
  }
  // The integral of f log(f/g), ten widths s to both sides of m.
  const divergence = (f, g, m, s) => 0.01 * s * sum(linspace(m - 10 * s, m + 10 * s, 2001).map(x => exp(f(x)) * (f(x) - g(x))));
  const forward = (m, s) => divergence(humps, x => bell(x, m, s), 0, 1);
  const reverse = (m, s) => divergence(x => bell(x, m, s), humps, m, s);

  // Downhill by ever smaller steps.
  function minimise(cost, m, s) {
    let best = [cost(m, s), m, s];
    for (let step = 0.5; step > 1e-4;) {
      const [least, u, v] = best, near = [[u + step, v], [u - step, v], [u, v + step], [u, v - step]];
      for (const q of near) if (cost(...q) < best[0]) best = [cost(...q), ...q];
      if (best[0] === least) step /= 2;
    }
    return best;
  }
  const least = [forward, reverse].map(cost => (m, s) => minimise(cost, m, s));

  function setup(figure, { styles: { grey, ink: { colour }, teal, magenta } }) {
    const xs = linspace(-6, 6, 601), x = [-6, 6], names = ["KL(p‖q)", "KL(q‖p)"], looks = [teal, magenta], ink = { colour, dash: "6 4" };
    figure.key([["p", grey], ["q", ink], ...names.map((name, i) => [`cost by ${name}`, looks[i]])]);
    const top = figure.plot({ x, y: [0, 0.9], ylabel: "density", height: 210, label: "Densities p, with two humps, and q, a bell" });
    const low = figure.plot({ x, y: [0, 1.8], xlabel: "x", ylabel: "cost; the area is the divergence", height: 200 });
    const areas = [[top, grey], ...looks.map(look => [low, look])].map(([plot, look]) => plot.curve(look, { fill: `${look.colour}22` })), q = top.curve(ink);
    const m = figure.slider("mean of q", { min: -5, max: 5, value: 1, step: 0.01 }), s = figure.slider("width of q", { min: 0.3, max: 4, value: 1.2, step: 0.01 });
    const point = top.handle(ink, { x: m });
    names.forEach((name, i) => figure.button(`Least ${name}`, () => { [, m.number, s.number] = least[i](m.number, s.number); }));
    figure.update = () => {
      const a = m.number, b = s.number, p = xs.map(humps), f = xs.map(t => bell(t, a, b)), kl = [forward(a, b), reverse(a, b)];
      // g − f, whose integral is 0, keeps it from being negative.
      const cost = (f, g) => f.map((u, i) => exp(u) * (u - g[i]) - exp(u) + exp(g[i]));
      [p.map(exp), cost(p, f), cost(f, p)].forEach((ys, i) => areas[i].show(xs, ys));
      q.show(xs, f.map(exp));
      point.put(a, exp(bell(a, a, b)));
      figure.say(`${names.map((name, i) => `${name} = ${say(kl[i])}`).join(", ")}. ` + (kl[0] < kl[1]
        ? "q goes where p is not: KL(q‖p) minds that most." : "q leaves out much of p: KL(p‖q) minds that most."));
    };
  }

  lossbook.define("kl-directions", { maths: { forward, reverse, least }, setup });
}
