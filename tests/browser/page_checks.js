// What page_checks.py asks of a page, by name.  The last is no check; the others answer with problems.
({
  formulas() {
    const problems = [];
    for (const bad of document.querySelectorAll("mjx-merror, [data-mjx-error]")) {
      problems.push(`formula with an error: ${bad.closest("mjx-container")?.textContent}`);
    }
    for (const formula of document.querySelectorAll(".math")) {
      if (!formula.querySelector("mjx-container")) problems.push(`formula not drawn: ${formula.textContent}`);
    }
    const article = document.querySelector("article") ?? document.body;
    const prose = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node; (node = prose.nextNode());) {
      if (node.parentElement.closest("pre, code, script, style, mjx-container")) continue;
      if (/\\[(\[]|\$\$|\$[^$\s][^$\n]*\$/.test(node.data)) problems.push(`raw TeX: ${node.data.trim()}`);
    }
    return problems;
  },

  // A line may break beside a drawn formula: the comma behind one has to hold on to it.
  commas() {
    return [...document.querySelectorAll("article p span.math, article li span.math")]
      .filter(formula => /^[.,;:!?)]/.test(formula.nextSibling?.data ?? "") && !formula.closest(".together"))
      .map(formula => `sign parted from its formula: ${formula.nextSibling.data.slice(0, 30)}`);
  },

  images() {
    const problems = [];
    for (const image of document.querySelectorAll("article img")) {
      const name = image.src.slice(-60);
      if (!image.alt.trim()) problems.push(`no alt text: ${name}`);
      if (image.complete && !image.naturalWidth) problems.push(`not loaded: ${name}`);
    }
    return problems;
  },

  // The theme's icon fonts are not loaded: an icon that book.css does not draw would be a square.
  icons() {
    return [...document.querySelectorAll("[class*='fa-']")]
      .filter(icon => getComputedStyle(icon).maskImage === "none")
      .map(icon => `no such icon: ${icon.className}`);
  },

  // Which elements stick out is said of the innermost ones that do.
  width() {
    const page = document.documentElement, over = page.scrollWidth - page.clientWidth;
    if (over <= 0) return [];
    const sticks = e => e.getBoundingClientRect().right > page.clientWidth + 1;
    const innermost = e => sticks(e) && ![...e.children].some(sticks);
    const culprits = [...document.querySelectorAll("body *")].filter(innermost).slice(0, 3);
    const names = culprits.map(e => `<${e.localName} class="${e.className}">`);
    return [`scrolls sideways by ${over} px: ${names.join(", ")}`];
  },

  // Formulas apart, whose indices are small; the letters of a live figure are not scaled.
  letters() {
    const words = e => [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const small = e => parseFloat(getComputedStyle(e).fontSize) < 12;
    return [...document.querySelectorAll("body :not(script, style, mjx-container *)")]
      .filter(e => words(e) && small(e) && e.checkVisibility({ visibilityProperty: true }))
      .map(e => `letters below 12 px: <${e.localName} class="${e.getAttribute("class")}">: ${e.textContent.trim()}`);
  },

  // The picture stands in the cell before; a live figure has moved there, into the same <figure>.
  figures() {
    const problems = [];
    const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height > 20;
    for (const live of document.querySelectorAll("loss-figure")) {
      const name = live.dataset.figure, place = live.closest("figure, div.cell");
      const before = place.matches("figure") ? place : place.previousElementSibling;
      const picture = [...(before?.querySelectorAll("img") ?? [])].pop();
      if (!picture) problems.push(`${name}: no static picture`);
      else if (seen(picture) === seen(live)) {
        problems.push(`${name}: ${seen(live) ? "both" : "neither"} of picture and live figure`);
      }
      if (window.lossbook && !seen(live)) problems.push(`${name}: the live figure is not seen`);
    }
    return problems;
  },

  folds() {
    const problems = [];
    const choices = "details.sd-dropdown:has(> .right, > .wrong)";
    for (const choice of document.querySelectorAll(choices)) {
      if (choice.open) problems.push(`open at the start: ${choice.textContent.trim()}`);
    }
    for (const solution of document.querySelectorAll(".solution.dropdown")) {
      const title = solution.querySelector(".admonition-title").textContent.trim();
      const body = solution.querySelector("section");
      const button = solution.querySelector(".toggle-button");
      const open = body.checkVisibility({ visibilityProperty: true });
      if (open) problems.push(`open at the start: ${title}`);
      if (button?.ariaExpanded !== "false") problems.push(`no folded button: ${title}`);
      if (button?.ariaLabel !== title) problems.push(`no name of its own: ${title}`);
    }
    return problems;
  },

  // Axe takes seconds for thousands of nodes that tell it nothing new: the parts of
  // formulas, drawn and spoken, and tokens of code that look like others before them.
  async access(rules) {
    for (const box of document.querySelectorAll("details")) box.open = true;
    for (const button of document.querySelectorAll(".toggle-hidden .toggle-button")) button.click();
    for (const drawing of document.querySelectorAll("mjx-math[aria-hidden]")) drawing.replaceChildren();
    for (const spoken of document.querySelectorAll("mjx-assistive-mml math")) spoken.textContent = spoken.textContent;
    const looks = new Set();
    for (const token of document.querySelectorAll("article pre span")) {
      const where = token.closest("div.cell_input, div.output, div.source, .admonition");
      const look = [token, token.parentElement, where, where?.closest(".admonition")].map(e => e?.className).join("|");
      if (looks.has(look)) token.replaceWith(...token.childNodes);
      else looks.add(look);
    }
    for (const pre of document.querySelectorAll("article pre")) pre.normalize();
    const options = { preload: false, resultTypes: ["violations"] };
    if (rules.length) options.runOnly = { type: "rule", values: rules };
    const { violations } = await axe.run(document, options);
    // All that is allowed: rule, on which elements, and why.
    const allowed = {
      "empty-table-header": "th:has(math)",  // axe reads no MathML, which screen readers do
    };
    const counts = (id, node) => !allowed[id] || !document.querySelector(node.target[0]).matches(allowed[id]);
    const where = node => `${node.target} ${node.html.slice(0, 100)}`;
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.filter(node => counts(id, node)).map(node => `${id}: ${help}: ${where(node)}`));
  },

  setMode(mode) {
    Object.assign(document.documentElement.dataset, { mode, theme: mode });
  },

})
