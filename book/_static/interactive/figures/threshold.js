// Where to cut the scores of a classifier: precision, recall, and what the two errors cost.
"use strict";

{
  const { linspace, say } = lossbook.numbers;
  const sorted = data => data.flat().sort((a, b) => a - b);

  // Data: scores of positives and of negatives.  From the threshold on they are called positive.
  function rates(data, t) {
    const [hits, alarms] = data.map(scores => scores.filter(score => score >= t).length), n = data[0].length;
    return { precision: hits / (hits + alarms), recall: hits / n, missed: n - hits, alarms };
  }
  function cost(data, t, miss, alarm) {
    const { missed, alarms } = rates(data, t);
    return miss * missed + alarm * alarms;
  }
  // Halfway between two scores, or beyond them all.
  function cheapest(data, miss, alarm) {
    const scores = [0, ...sorted(data), 1], price = t => cost(data, t, miss, alarm);
    return scores.slice(1).map((score, i) => (score + scores[i]) / 2).reduce((a, b) => price(b) < price(a) ? b : a);
  }
  const curve = data => [...new Set(sorted(data))].map(t => rates(data, t));

  function setup(figure, { positives, negatives, miss, alarm, styles: { red, blue, ink, amber } }) {
    const data = [positives, negatives], ts = linspace(0, 1, 1001), x = [0, 1], right = 80;
    const strip = figure.plot({ x, y: [0, 3], yticks: [], height: 110, right, label: "Scores of positives and negatives" });
    const low = figure.plot({ x, y: x, xlabel: "score and threshold", ylabel: "cost", height: 190, right });
    const square = figure.plot({ x, y: [0, 1.05], xlabel: "recall", ylabel: "precision", height: 230, right });
    const dots = [red, blue].map((style, i) => data[i].map(score => { const dot = strip.dot(style, { r: 5, class: "" }); dot.put(score, 2 - i); return dot; }));
    strip.names([["positive", red], ["negative", blue]]).put([2, 1]);
    const cut = strip.guide(ink), costs = low.curve(amber), best = low.text({ anchor: "middle", dy: 6, colour: amber }), spent = low.dot(ink);
    const steps = square.curve(ink, { width: 2 }), here = square.dot(ink), corners = curve(data);
    steps.show(corners.flatMap(({ recall }, i) => [recall, corners[i + 1]?.recall ?? 0]), corners.flatMap(({ precision: p }) => [p, p]));
    const at = figure.slider("threshold", { min: 0, max: 1, value: 0.5, step: 0.005 });
    const prices = [["cost of a miss", miss], ["cost of an alarm", alarm]].map(([name, value]) => figure.slider(name, { min: 1, max: 20, value, step: 1 }));
    const point = strip.handle(ink, { x: at }), least = () => cheapest(data, ...prices.map(price => price.number));
    figure.button("Cheapest threshold", () => { at.number = least(); });
    figure.update = () => {
      const t = at.number, to = least(), [m, a] = prices.map(price => price.number), price = v => cost(data, v, m, a), ys = ts.map(price);
      const { precision, recall, missed, alarms } = rates(data, t);
      low.limits({ y: [0, 1.1 * Math.max(...ys)] });
      costs.show(ts, ys);
      best.put(to, price(to), "★");
      spent.put(t, price(t));
      cut.show([t, t], [0, 3]);
      dots.forEach((row, i) => row.forEach((dot, j) => dot.style.opacity = data[i][j] >= t === !i ? 0.25 : 0.6));
      point.put(t, 0);
      here.style.opacity = +(precision >= 0);
      here.put(recall, precision || 0);
      figure.say(`${missed} of ${positives.length} positives missed, ${alarms} of ${negatives.length} negatives alarmed: `
        + `recall ${say(recall, 2)}, precision ${precision >= 0 ? say(precision, 2) : "none"}, cost ${say(price(t))}. `
        + (price(t) > price(to) ? `Cheapest is ${say(to, 2)}, at ${say(price(to))}.` : "No threshold is cheaper.")
        + ` For true probabilities it is ${say(a / (a + m), 2)}.`);
    };
  }

  lossbook.define("threshold", { maths: { rates, cost, cheapest, curve }, setup });
}
