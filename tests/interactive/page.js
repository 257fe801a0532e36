// A page just real enough for the figures to start in Node: elements with children, attributes and
// listeners, and a layout of 600 pixels.  Reads {scripts, figure, config}, moves every control and point
// of the figure to both its ends, and writes what the readout said and what was drawn that is no number.
"use strict";

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

class HTMLElement {
  constructor(tag = "loss-figure") {
    Object.assign(this, { tag, children: [], attributes: {}, listeners: {}, dataset: {}, style: {}, classList: { add() {} } });
    this.text = "";
    this.textContent = "";
  }
  // A range keeps to its ends, as a browser's does.
  get value() { return this.text; }
  set value(to) {
    const { type, min, max } = this.attributes;
    this.text = String(type === "range" ? Math.min(Math.max(to, min), max) : to);
  }
  append(...nodes) {
    this.children.push(...nodes);
    // As in a browser, a select starts at its first option.
    if (this.tag === "select" && !this.value) this.value = nodes[0].attributes.value;
  }
  before(...nodes) { this.children.push(...nodes); }
  replaceChildren(...nodes) { this.children = nodes; }
  setAttribute(key, value) { this.attributes[key] = String(value); if (key === "value") this.value = String(value); }
  getAttribute(key) { return this.attributes[key]; }
  removeAttribute(key) { delete this.attributes[key]; }
  addEventListener(kind, listener) { this.listeners[kind] = listener; }
  fire(kind, key) { this.listeners[kind]?.({ key, preventDefault() {} }); }
  getBoundingClientRect() { return { left: 0, top: 0, width: 600, height: 300 }; }
  closest() { return null; }
  remove() {}
  *all() { yield this; for (const child of this.children) if (child.all) yield* child.all(); }
}

const { scripts, figure, config } = JSON.parse(readFileSync(0, "utf8"));
const errors = [];
let FigureElement;
Object.assign(globalThis, {
  HTMLElement,
  customElements: { define: (_, constructor) => { FigureElement = constructor; } },
  document: {
    readyState: "complete", currentScript: { src: "file:///core.js" }, head: new HTMLElement("head"), querySelectorAll: () => [],
    createElement: tag => new HTMLElement(tag), createElementNS: (_, tag) => new HTMLElement(tag),
  },
  ResizeObserver: class { observe() {} },
  matchMedia: () => ({ matches: true }),
  console: { ...console, error: error => errors.push(String(error?.stack ?? error)) },
});
for (const script of scripts) runInThisContext(readFileSync(script, "utf8"), script);

const element = new FigureElement(), sentences = new Set(), flaws = new Set();
element.dataset = { figure, config: JSON.stringify(config) };
element.connectedCallback();

function look() {
  sentences.add(element.output.textContent);
  for (const node of element.all()) for (const key of ["d", "cx", "cy", "x", "y", "width", "height", "transform"]) {
    const text = node.attributes[key] ?? "";
    if (/NaN|Infinity|undefined/.test(text)) flaws.add(`${node.tag} ${key}=${text.slice(0, 80)}`);
  }
}

function move(control, kind, values) {
  for (const value of values) { control.value = value; control.fire(kind); look(); }
}

if (!errors.length) look();
for (const control of errors.length ? [] : [...element.all()]) {
  const { min, max, type } = control.attributes;
  if (type === "range") move(control, "input", [min, max, (+min + +max) / 2]);
  if (control.tag === "select") move(control, "change", control.children.map(option => option.attributes.value));
  if (control.tag === "button") { control.fire("click"); look(); }
  if (control.attributes.role === "slider") for (const key of ["ArrowLeft", "ArrowUp", "Home", "End"]) { control.fire("keydown", key); look(); }
  if (type === "checkbox") { control.checked = !control.checked; control.fire("change"); look(); }
}
clearTimeout(element.rest);
process.stdout.write(JSON.stringify({ errors, sentences: [...sentences], flaws: [...flaws] }));
