// Interactive figures.  In a page, <loss-figure data-figure="name" data-config="{…}"> takes the place
// of the picture in the cell before; without this script, and on paper, that picture stands alone.
// A figure is a file figures/name.js, listed in lossbook/interactive.py:
//
//   lossbook.define("name", {
//     maths: { huber },            // pure functions; the tests compare them with lossbook in Node
//     setup(figure, { styles }) {  // once for each element, with the config from Python
//       const plot = figure.plot({ x: [-4, 4], y: [0, 8], xlabel: "residual r", ylabel: "loss" });  // label: for screen readers
//       const at = figure.slider("r", { min: -4, max: 4, value: 2 }), curve = plot.curve(styles.Huber);
//       const point = plot.handle(styles.Huber, { x: at });  // drags `at`
//       figure.update = () => {    // after every change: draw everything anew from the controls
//         curve.show(xs, xs.map(huber));
//         point.put(at.number, huber(at.number));
//         figure.say("A sentence with the conclusion.");
//       };
//     },
//   });
//
// A style is { colour, dash } or a colour.  What was drawn keeps its numbers: a new width or
// plot.limits({ x, y }) redraws it.  A plot can be `log` in "x", "y" or "xy", or a map (`equal`).
"use strict";

(function (root) {
  const modules = {};
  const lossbook = root.lossbook = { modules };
  lossbook.define = (name, module) => {
    modules[name] = module;
    if (root.document) for (const element of document.querySelectorAll("loss-figure")) element.start?.();
  };

  // ── numbers ──

  const linspace = (a, b, n) => Array.from({ length: n }, (_, i) => i === n - 1 ? b : a + (b - a) * i / (n - 1));
  const clamp = (x, a, b) => Math.min(Math.max(x, a), b);
  const sum = xs => xs.reduce((a, b) => a + b, 0);
  const softplus = z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  const sigmoid = z => z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z));

  // Round numbers from a to b, about n of them; of exponents, whole ones.
  function ticks(a, b, n, log) {
    const raw = log ? Math.max(1, (b - a) / n) : (b - a) / n, power = 10 ** Math.floor(Math.log10(raw));
    const step = power * [1, 2, 5, 10].find(k => k * power >= raw * 0.999);
    const first = Math.ceil(a / step - 1e-9), last = Math.floor(b / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  }

  // A number for readers: three significant digits, a true minus sign, no idle zeros.
  function say(x, digits = 3) {
    if (!Number.isFinite(x)) return Number.isNaN(x) ? "undefined" : x > 0 ? "∞" : "−∞";
    const text = String(+x.toPrecision(digits)), size = Math.abs(x);
    if (!size || (size >= 1e-3 && size < 1e6)) return text.replace("-", "−");
    const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
    const power = "10" + exponent.replace(/./g, c => ({ "-": "⁻", "+": "" })[c] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
    return +mantissa === 1 ? power : `${+mantissa} · ${power}`.replace("-", "−");
  }

  lossbook.numbers = { linspace, clamp, sum, softplus, sigmoid, ticks, say };
  if (!root.document) return;

  // ── drawing ──

  let ids = 0;
  const shapes = ["svg", "g", "path", "circle", "rect", "text", "clipPath"];

  function set(node, attributes) {
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  }

  function make(tag, attributes = {}, parent = null, text = null) {
    const node = shapes.includes(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    set(node, attributes);
    if (text !== null) node.textContent = text;
    parent?.append(node);
    return node;
  }

  const styled = style => typeof style === "string" ? { colour: style, dash: "" } : style;

  // A pair of axes whose unit is the pixel, so that text has one size on every screen.
  class Plot {
    constructor(figure, { x, y, xlabel = "", ylabel = "", label = `${ylabel} against ${xlabel}`, height = 300, log = "", equal = false, xticks = null, yticks = null, right = 14 }) {
      Object.assign(this, { figure, height, equal, right, labels: [xlabel, ylabel], given: [xticks, yticks], drawn: [], handles: [], width: 0 });
      this.logs = [log.includes("x"), log.includes("y")];
      this.svg = make("svg", { role: "img", "aria-label": label, height }, figure.stage);
      const clip = `loss-figure-${++ids}`;
      this.window = make("rect", {}, make("clipPath", { id: clip }, this.svg));
      this.frame = make("g", { "aria-hidden": "true" }, this.svg);
      this.area = make("g", { "clip-path": `url(#${clip})` }, this.svg);
      this.over = make("g", {}, this.svg);
      this.ends = [x, y];
      figure.plots.push(this);
    }

    limits({ x, y }) {
      this.ends = [x ?? this.ends[0], y ?? this.ends[1]];
      if (this.width) this.redraw();
    }

    // From numbers to pixels and back; k is 0 for x, 1 for y.
    #units(k) { return this.ends[k].map(v => this.logs[k] ? Math.log10(v) : v); }
    #to(k, v) {
      const [a, b] = this.#units(k), [p, q] = this.box[k];
      return p + ((this.logs[k] ? Math.log10(v) : v) - a) / (b - a) * (q - p);
    }
    #from(k, pixel) {
      const [a, b] = this.#units(k), [p, q] = this.box[k], v = a + (pixel - p) / (q - p) * (b - a);
      return this.logs[k] ? 10 ** v : v;
    }
    px(v) { return this.#to(0, v); }
    py(v) { return this.#to(1, v); }

    pixel(event) {
      const { left, top } = this.svg.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    }

    fit() {
      const width = Math.round(this.svg.getBoundingClientRect().width);
      if (!width || width === this.width) return;
      this.width = width;
      this.svg.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
      const [xlabel, ylabel] = this.labels, bottom = this.height - (xlabel ? 46 : 26);
      this.box = [[46, width - this.right], [bottom, ylabel ? 30 : 12]];
      this.redraw();
    }

    redraw() {
      const [[left, right], [bottom, top]] = this.box, [[a, b], [c, d]] = this.ends;
      // A unit of x as long as one of y: x is fitted about its middle.
      if (this.equal) this.ends[0] = [-1, 1].map(k => (a + b + k * (right - left) / (bottom - top) * (d - c)) / 2);
      this.#frame();
      for (const again of this.drawn) again();
    }

    #frame() {
      const [[left, right], [bottom, top]] = this.box, [xlabel, ylabel] = this.labels, at = { "text-anchor": "middle" };
      set(this.window, { x: left, y: top, width: right - left, height: bottom - top });
      this.frame.replaceChildren();
      const lines = [0, 1].map(k => (this.given[k] ?? ticks(...this.#units(k), k ? this.height / 45 : this.width / 90, this.logs[k])
        .map(t => this.logs[k] ? 10 ** t : t)).map(t => Array.isArray(t) ? t : [t, say(t)]));
      for (const [v, text] of lines[0]) {
        make("path", { d: `M${this.px(v)},${bottom}V${top}`, class: "grid" }, this.frame);
        make("text", { x: this.px(v), y: bottom + 19, ...at }, this.frame, text);
      }
      for (const [v, text] of lines[1]) {
        make("path", { d: `M${left},${this.py(v)}H${right}`, class: "grid" }, this.frame);
        make("text", { x: left - 7, y: this.py(v) + 5, "text-anchor": "end" }, this.frame, text);
      }
      make("path", { d: `M${left},${top}V${bottom}H${right}`, class: "axis" }, this.frame);
      if (xlabel) make("text", { x: (left + right) / 2, y: bottom + 40, ...at }, this.frame, xlabel);
      if (ylabel) make("text", { x: 2, y: 16 }, this.frame, ylabel);
    }

    // A node that draws itself anew whenever the scale changes.
    #drawn(node, method, draw) {
      let last = null;
      node[method] = (...numbers) => { last = numbers; if (this.width) draw(...numbers); };
      this.drawn.push(() => { if (last) draw(...last); });
      return node;
    }

    curve(style, { width = 2.5, over = false, fill = "none", opacity = 1 } = {}) {
      const { colour, dash } = styled(style);
      const path = make("path", { class: "line", stroke: colour, "stroke-dasharray": dash, "stroke-width": width, fill, opacity }, over ? this.over : this.area);
      return this.#drawn(path, "show", (xs, ys) => {
        let pen = "M", d = "";
        for (let i = 0; i < xs.length; i++) {
          const x = this.px(xs[i]), y = this.py(ys[i]);
          if (Number.isNaN(x + y)) { pen = "M"; continue; }
          d += `${pen}${clamp(x, -9e3, 9e3).toFixed(1)},${clamp(y, -9e3, 9e3).toFixed(1)}`;
          pen = "L";
        }
        path.setAttribute("d", d);
      });
    }

    guide(style = "var(--quiet)") { return this.curve({ colour: styled(style).colour, dash: "2 4" }, { width: 1.5 }); }

    // Lines of equal height of f(x, y), from triangle to triangle of a fine grid.
    contours(heights) {
      const path = make("path", { class: "grid level" }, this.area), n = 100;
      return this.#drawn(path, "show", f => {
        const [xs, ys] = this.ends.map(([a, b]) => linspace(a, b, n)), grid = xs.map(x => ys.map(y => [this.px(x), this.py(y), f(x, y)]));
        let d = "";
        for (let i = 1; i < n; i++) for (let j = 1; j < n; j++) for (const third of [grid[i][j - 1], grid[i - 1][j]]) {
          const corners = [grid[i][j], third, grid[i - 1][j - 1]], [a, b, c] = corners.map(p => p[2]);
          for (const h of heights) {
            if (((a < h) + (b < h) + (c < h)) % 3 === 0) continue;
            let pen = "M";
            corners.forEach(([x, y, a], k) => {
              const [u, v, b] = corners[(k + 1) % 3], t = (h - a) / (b - a);
              if (a < h === b < h) return;
              d += `${pen}${(x + t * (u - x)).toFixed(1)},${(y + t * (v - y)).toFixed(1)}`;
              pen = "L";
            });
          }
        }
        path.setAttribute("d", d);
      });
    }

    dot(style, { r = 6, over = true, ...attributes } = {}) {
      const dot = make("circle", { r, fill: styled(style).colour, class: "dot", ...attributes }, over ? this.over : this.area);
      return this.#drawn(dot, "put", (x, y) => set(dot, { cx: this.px(x), cy: this.py(y) }));
    }

    // From corner (x0, y0) to corner (x1, y1).
    bar(style, attributes = {}) {
      const bar = make("rect", { fill: styled(style).colour, ...attributes }, this.area);
      return this.#drawn(bar, "put", (x0, y0, x1, y1) => {
        const [a, b, c, d] = [this.px(x0), this.px(x1), this.py(y0), this.py(y1)];
        set(bar, { x: Math.min(a, b), y: Math.min(c, d), width: Math.abs(b - a), height: Math.abs(d - c) });
      });
    }

    // Shifted by (dx, dy) pixels from the point (x, y).
    text({ dx = 0, dy = 0, anchor = "start", colour = null } = {}) {
      const text = make("text", { "text-anchor": anchor, class: "mark" }, this.over);
      if (colour) text.style.fill = styled(colour).colour;
      return this.#drawn(text, "put", (x, y, content) => {
        set(text, { x: this.px(x) + dx, y: this.py(y) + dy });
        text.textContent = content;
      });
    }

    // Names beside the right ends of curves: put([y, …]) keeps them apart.  Leave room with `right`.
    names(items) {
      const group = make("g", {}, this.over);
      const texts = items.map(([text, style]) => make("text", { class: "mark", style: `fill: ${styled(style).colour}` }, group, text));
      return this.#drawn(group, "put", ys => {
        const [bottom, top] = this.box[1];
        let last = -Infinity;
        const order = ys.map((y, i) => [clamp(this.py(y), top, bottom), texts[i]]).sort((a, b) => a[0] - b[0]);
        const places = order.map(([y]) => last = Math.max(y, last + 16));
        order.forEach(([, text], i) => set(text, { x: this.box[0][1] + 6, y: Math.min(places[i], bottom - 16 * (order.length - 1 - i)) + 5 }));
      });
    }

    // A point to take hold of, by pointer or arrow keys; it moves the controls x and y, either or both.
    handle(style, { x = null, y = null, label = (x ?? y).name, r = 7 }) {
      const node = make("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": label }, this.over);
      make("circle", { r: 22, class: "halo" }, node);
      make("circle", { r, fill: styled(style).colour, class: "dot" }, node);
      this.svg.setAttribute("role", "group");
      this.handles.push(node);
      const main = x ?? y;
      node.addEventListener("pointerdown", event => {
        if (event.button) return;
        event.preventDefault();
        // Where the rings of points overlap, the nearest point is meant.
        const [u, v] = this.pixel(event), far = ({ at }) => Math.hypot(at[0] - u, at[1] - v);
        const nearest = this.handles.reduce((a, b) => far(b) < far(a) ? b : a);
        nearest.setPointerCapture(event.pointerId);
        nearest.focus({ preventScroll: true });
      });
      node.addEventListener("pointermove", event => {
        if (!node.hasPointerCapture(event.pointerId)) return;
        const pixel = this.pixel(event);
        [x, y].forEach((control, k) => { if (control) control.number = this.#from(k, pixel[k]); });
        this.figure.update();
      });
      node.addEventListener("keydown", event => {
        const large = event.shiftKey ? 10 : 1;
        const [control, steps] = {
          ArrowLeft: [x ?? y, -large], ArrowRight: [x ?? y, large], ArrowDown: [y ?? x, -large], ArrowUp: [y ?? x, large],
          PageDown: [main, -10], PageUp: [main, 10], Home: [main, -1e9], End: [main, 1e9],
        }[event.key] ?? [];
        if (!control) return;
        event.preventDefault();
        control.nudge(steps);
        this.figure.update();
      });
      return this.#drawn(node, "put", (u, v) => {
        node.at = [this.px(u), this.py(v)];
        set(node, { transform: `translate(${node.at})` });
        const spoken = x && y ? `${x.name} ${say(x.number)}, ${y.name} ${say(y.number)}` : say(main.number);
        set(node, { "aria-valuemin": main.range[0], "aria-valuemax": main.range[1], "aria-valuenow": main.number, "aria-valuetext": spoken });
      });
    }
  }

  // ── controls ──

  class LossFigure extends HTMLElement {
    connectedCallback() { this.start(); }

    start() {
      const module = modules[this.dataset.figure];
      if (!module || this.live || this.failed) return;
      this.live = make("div", { class: "live" }, this);
      this.stage = make("div", { class: "stage" }, this.live);
      this.output = make("output", { class: "readout", "aria-live": "polite" }, this.live);
      this.panel = make("div", { class: "controls" }, this.live);
      this.plots = [];
      try {
        module.setup(this, JSON.parse(this.dataset.config || "{}"));
        this.takePlace();
        this.fit();
        this.update();
      } catch (error) {
        this.failed = true;
        this.removeAttribute("data-live");
        this.live.remove();
        console.error(error);
        return;
      }
      new ResizeObserver(() => this.fit()).observe(this.stage);
    }

    // Between the picture of the cell before and its caption.  A folded cell is then empty.
    takePlace() {
      const cell = this.closest("div.cell"), before = cell?.previousElementSibling;
      const picture = before?.matches("div.cell") ? [...before.querySelectorAll(".cell_output img")].pop() : null;
      this.setAttribute("data-live", "");
      if (!picture) return;
      picture.after(this);
      picture.classList.add("has-live-figure");
      cell.hidden = cell.matches(".tag_hide-input");
    }

    fit() { for (const plot of this.plots) plot.fit(); }

    update() {}

    plot(options) { return new Plot(this, options); }

    // A control without a widget.  Like a slider it has: name, number, range, nudge(steps).
    number(name, { min, max, value, step = (max - min) / 200 }) {
      let v = value;
      return {
        name, range: [min, max],
        get number() { return v; },
        set number(to) { v = +clamp(min + Math.round((to - min) / step) * step, min, max).toPrecision(12); },
        nudge(steps) { this.number = v + steps * step; },
      };
    }

    #row(label) {
      const id = `loss-figure-${++ids}`, row = make("p", {}, this.panel);
      make("label", { for: id }, row, label);
      return [id, row];
    }

    // With `log` equal steps multiply; `read` says a number in its own words.
    slider(label, { min, max, value, log = false, step = log ? Math.log10(max / min) / 200 : (max - min) / 200, read = say }) {
      const [id, row] = this.#row(label), inner = v => log ? Math.log10(v) : v;
      const input = make("input", { id, type: "range", min: inner(min), max: inner(max), step, value: inner(value) }, row);
      const echo = make("span", { class: "value", "aria-hidden": "true" }, row);
      const show = () => { echo.textContent = read(input.number); input.setAttribute("aria-valuetext", read(input.number)); };
      Object.defineProperty(input, "number", {
        get: () => log ? 10 ** +input.value : +input.value,
        set: v => { input.value = inner(v); show(); },
      });
      input.nudge = steps => { input.value = +input.value + steps * step; show(); };
      input.range = [min, max];
      input.name = label;
      input.addEventListener("input", () => { show(); this.update(); });
      show();
      return input;
    }

    // Of pairs [value, text]; the chosen one is `.value`.
    choice(label, options, value = null) {
      const [id, row] = this.#row(label), select = make("select", { id }, row);
      for (const [v, text] of options) make("option", { value: v }, select, text);
      if (value !== null) select.value = value;
      select.addEventListener("change", () => this.update());
      return select;
    }

    button(label, action) {
      const button = make("button", { type: "button" }, this.panel, label);
      button.addEventListener("click", () => { action(); this.update(); });
      return button;
    }

    #swatch(style, parent) {
      const { colour, dash } = styled(style), svg = make("svg", { width: 30, height: 12, class: "swatch", "aria-hidden": "true" }, parent);
      make("path", { d: "M2,6H28", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash, class: "line" }, svg);
    }

    // What lines are: pairs [text, style].
    key(items) {
      const list = make("p", { class: "key" }, null);
      this.stage.before(list);
      for (const [text, style] of items) {
        const item = make("span", {}, list);
        this.#swatch(style, item);
        item.append(text);
      }
      return list;
    }

    // A key that switches lines: items [name, text, style, on].  It tells has(name), and shows nodes or not.
    toggles(label, items) {
      const set = make("fieldset", { class: "key" }, null), on = new Set();
      this.stage.before(set);
      make("legend", {}, set, label);
      for (const [name, text, style, start] of items) {
        const item = make("label", {}, set), box = make("input", { type: "checkbox" }, item);
        this.#swatch(style, item);
        item.append(text);
        box.checked = start;
        if (start) on.add(name);
        box.addEventListener("change", () => { on[box.checked ? "add" : "delete"](name); this.update(); });
      }
      on.show = (name, nodes) => { for (const node of nodes) node.style.display = on.has(name) ? "" : "none"; };
      return on;
    }

    // Buttons that run `tick` again and again until it returns false, or once.  Where motion is not
    // wanted there is only the step.
    player(tick) {
      let timer = null;
      const stop = () => { clearInterval(timer); timer = null; if (run) run.textContent = "Run"; };
      const once = () => { if (tick() === false) stop(); this.update(); };
      const run = matchMedia("(prefers-reduced-motion: reduce)").matches ? null : this.button("Run", () => {
        if (timer) return stop();
        run.textContent = "Pause";
        timer = setInterval(once, 50);
      });
      this.button("One step", () => { stop(); tick(); });
    }

    // The conclusion as a sentence.  It is announced when the figure has come to rest.
    say(text) {
      if (this.output.textContent === text) return;
      this.output.setAttribute("aria-busy", "true");
      this.output.textContent = text;
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.output.removeAttribute("aria-busy"), 400);
    }
  }

  const here = document.currentScript.src;
  function begin() {
    root.customElements.define("loss-figure", LossFigure);
    const names = new Set([...document.querySelectorAll("loss-figure")].map(element => element.dataset.figure));
    for (const name of names) make("script", { src: new URL(`figures/${name}.js`, here).href }, document.head);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})(globalThis);
