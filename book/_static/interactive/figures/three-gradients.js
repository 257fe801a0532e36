// One sigmoid, three gradients: cross-entropy by p and by the logit, squared error by the logit.
"use strict";

{
  const { linspace, sigmoid, say } = lossbook.numbers;

  // Of a sample of class y, as functions of the logit; σ(−z) is 1 − σ(z) without its rounding.
  const byProbability = (z, y) => y ? -1 / sigmoid(z) : 1 / sigmoid(-z);
  const byLogit = (z, y) => y ? -sigmoid(-z) : sigmoid(z);
  const squaredByLogit = (z, y) => 2 * byLogit(z, y) * sigmoid(z) * sigmoid(-z);

  function setup(figure, { styles: { BinaryCrossEntropy, SigmoidCrossEntropy, SquaredError, ink } }) {
    const kinds = [
      ["cross-entropy, by p", BinaryCrossEntropy, byProbability],
      ["cross-entropy, by the logit", SigmoidCrossEntropy, byLogit],
      ["squared error, by the logit", SquaredError, squaredByLogit],
    ];
    const options = { x: [-6, 6], label: "The sigmoid, from logit to probability" };
    const top = figure.plot({ ...options, y: [0, 1.05], ylabel: "probability p = σ(z)", height: 170 });
    const low = figure.plot({ ...options, y: [-3, 0.3], ylabel: "gradient", xlabel: "logit z", height: 270, label: "Three gradients against the logit" });
    figure.key(kinds);
    const xs = linspace(-6, 6, 401), curves = kinds.map(([, style]) => low.curve(style)), dots = kinds.map(([, style]) => low.dot(style, { over: false }));
    const drop = low.guide(), target = top.guide();
    const beyond = low.text({ dx: 8, colour: BinaryCrossEntropy }), curve = top.curve(ink), truth = figure.choice("truth y", [[1, 1], [0, 0]]);
    const logit = figure.slider("logit z", { min: -6, max: 6, value: -4, step: 0.1 });
    const point = top.handle(ink, { x: logit, label: "logit" });
    curve.show(xs, xs.map(sigmoid));
    figure.update = () => {
      const y = +truth.value, z = logit.number, p = sigmoid(z), g = kinds.map(([, , slope]) => slope(z, y));
      low.limits({ y: y ? [-3, 0.3] : [-0.3, 3] });
      target.show([-6, 6], [y, y]);
      point.put(z, p);
      kinds.forEach(([, , slope], i) => {
        curves[i].show(xs, xs.map(t => slope(t, y)));
        dots[i].put(z, g[i]);
      });
      drop.show([z, z], [-4, 4]);
      beyond.put(z, y ? -2.9 : 2.75, Math.abs(g[0]) > 3 ? `${y ? "▼" : "▲"} ${say(g[0])}` : "");
      const miss = Math.abs(g[1]), state = miss > 0.9 ? "Surely wrong" : miss > 0.5 ? "Wrong" : miss > 0.1 ? "Right, but not sure" : "Surely right";
      figure.say(`${state}: p = ${say(p)}, truth ${y}. Cross-entropy pulls the logit with ${say(g[1])}, squared error with ${miss > 0.9 ? "only " : ""}${say(g[2])}. `
        + `By p it would be ${say(g[0])}; the sigmoid’s slope, ${say(sigmoid(z) * sigmoid(-z))}, makes of it ${say(g[1])}.`);
    };
  }

  lossbook.define("three-gradients", { maths: { sigmoid, byProbability, byLogit, squaredByLogit }, setup });
}
