// Losses of a margin on one axis: which to see, and a margin to move.
"use strict";

{
  const { linspace, clamp, softplus, sigmoid, say } = lossbook.numbers, lack = m => Math.max(0, 1 - m);

  const losses = {
    ZeroOne: { name: "0–1 loss", value: m => m > 0 ? 0 : 1, slope: () => 0 },
    Hinge: { name: "hinge", value: lack, slope: m => m <= 1 ? -1 : 0 },
    Logistic: { name: "logistic", value: m => softplus(-m), slope: m => -sigmoid(-m) },
    SquaredHinge: { name: "squared hinge", value: m => lack(m) ** 2, slope: m => -2 * lack(m) },
    Exponential: { name: "exponential", value: m => Math.exp(-m), slope: m => -Math.exp(-m) },
    ModifiedHuber: { name: "modified Huber", value: m => m < -1 ? -4 * m : lack(m) ** 2, slope: m => m < -1 ? -4 : -2 * lack(m) },
    Ramp: { name: "ramp", value: m => clamp(1 - m, 0, 2), slope: m => m > -1 && m <= 1 ? -1 : 0 },
    Perceptron: { name: "perceptron", value: m => Math.max(0, -m), slope: m => m <= 0 ? -1 : 0 },
  };

  function setup(figure, { show, styles }) {
    const names = Object.keys(losses), xs = [...linspace(-3, 0, 301), 1e-9, ...linspace(0.01, 3, 300)];
    const plot = figure.plot({ x: [-3, 3], y: [0, 5], xlabel: "margin m = y z", ylabel: "loss ℓ", height: 330, label: "Losses of the margin" });
    const chosen = figure.toggles("losses", names.map(name => [name, losses[name].name, styles[name], show.includes(name)]));
    plot.bar("#b6341f", { "fill-opacity": 0.05 }).put(-3, 0, 0, 5);
    plot.text({ dy: 16, dx: 8 }).put(-3, 5, "wrong");
    plot.text({ dy: 16, dx: -8, anchor: "end" }).put(3, 5, "right");
    const drop = plot.guide();
    const curves = names.map(name => plot.curve(styles[name])), dots = names.map(name => plot.dot(styles[name], { r: 5.5, over: false }));
    const margin = figure.slider("margin m", { min: -3, max: 3, value: -0.5, step: 0.05 });
    const point = plot.handle("var(--ink)", { x: margin, label: "margin" });
    names.forEach((name, i) => curves[i].show(xs, xs.map(losses[name].value)));
    figure.update = () => {
      const m = margin.number, on = names.filter(name => chosen.has(name));
      names.forEach((name, i) => {
        chosen.show(name, [curves[i], dots[i]]);
        dots[i].put(m, losses[name].value(m));
      });
      drop.show([m, m], [0, 5]);
      point.put(m, 0);
      const pulling = on.filter(name => losses[name].slope(m)).map(name => losses[name].name);
      figure.say(`Margin ${say(m)}, ${m <= 0 ? "decided wrongly" : m < 1 ? "right, but by a narrow margin" : "right with room to spare"}: `
        + `${on.map(name => `${losses[name].name} ${say(losses[name].value(m))}`).join(", ") || "choose a loss"}.`
        + (!on.length ? "" : pulling.length ? ` Still pulling: ${pulling.join(", ")}.` : " None of them pulls."));
    };
  }

  lossbook.define("margins", { maths: { losses }, setup });
}
