// Logits in, probabilities out, and the gradient p − y.
"use strict";

{
  const { sum, say } = lossbook.numbers;
  const start = [1, 2.5, -0.5, 0.5];

  // The largest logit is taken off first, so that no exponential overflows.
  const shifted = (z, t) => z.map(v => (v - Math.max(...z)) / t);
  const logSumExp = s => { const top = s.indexOf(0); return Math.log1p(sum(s.map((v, i) => i === top ? 0 : Math.exp(v)))); };
  const softmax = (z, t = 1) => { const s = shifted(z, t), e = s.map(Math.exp), n = sum(e); return e.map(v => v / n); };
  const crossEntropy = (z, k, t = 1) => { const s = shifted(z, t); return logSumExp(s) - s[k]; };
  // By z / t; of the true class it is minus what the others have, not p − 1.
  const gradient = (z, k, t = 1) => { const p = softmax(z, t); return p.map((v, i) => i === k ? -sum(p.filter((_, j) => j !== k)) : v); };

  function setup(figure, { styles: { SoftmaxCrossEntropy, ink } }) {
    const { colour } = SoftmaxCrossEntropy, xticks = start.map((_, i) => [i, `class ${i + 1}`]), x = [-0.6, start.length - 0.4];
    const top = figure.plot({ x, y: [0, 1.12], xticks, yticks: [0, 0.5, 1], ylabel: "probability p; dashed: truth y", height: 200, label: "Bars of the probabilities of four classes" });
    const low = figure.plot({ x, y: [-1.35, 1.25], xticks, yticks: [-1, 0, 1], ylabel: "gradient p − y, by z / T", height: 200, label: "Bars of the gradient for each class" });
    const bars = [top, low].map(plot => start.map(() => plot.bar(colour, { "fill-opacity": 0.75 })));
    const truth = top.curve({ colour: ink.colour, dash: "6 4" }, { width: 2 }), zero = low.curve("var(--quiet)", { width: 1 });
    const texts = [top, low].map(plot => start.map(() => plot.text({ anchor: "middle" })));
    zero.show(x, [0, 0]);
    const target = figure.choice("true class", xticks);
    const heat = figure.slider("temperature T", { min: 0.1, max: 10, value: 1, log: true });
    const logits = start.map((value, i) => figure.slider(`logit z${"₁₂₃₄"[i]}`, { min: -5, max: 5, value, step: 0.1 }));
    figure.update = () => {
      const z = logits.map(input => input.number), t = heat.number, k = +target.value;
      const p = softmax(z, t), g = gradient(z, k, t), loss = crossEntropy(z, k, t), round = v => say(Math.round(v * 100) / 100);
      [p, g].forEach((values, panel) => values.forEach((v, i) => {
        bars[panel][i].put(i - 0.32, 0, i + 0.32, v);
        // Above a bar that goes up, below one that goes down.
        texts[panel][i].put(i, v + (panel ? (v < 0 ? -0.26 : 0.09) : 0.03), round(v));
      }));
      truth.show([k - 0.36, k - 0.36, k + 0.36, k + 0.36], [0, 1, 1, 0]);
      const leader = p.indexOf(Math.max(...p));
      figure.say(`The true class ${k + 1} gets ${say(100 * p[k])} %, so the loss is −log(${say(p[k])}) = ${say(loss)}. `
        + (p[k] > 0.99 ? "Nothing is left to pull." : `Its logit is pulled up by ${say(-g[k])}, and the others down by as much together`
          + (p[leader] === p[k] ? "." : `, most of all class ${leader + 1}.`)));
    };
  }

  lossbook.define("softmax", { maths: { softmax, crossEntropy, gradient }, setup });
}
