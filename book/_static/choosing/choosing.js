// The table of all losses, and the guide as a conversation.  Without it both stand as they are.
"use strict";

(() => {
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // ── the table ──

  // As lossbook/choosing/table.py writes them.
  const squeeze = text => text.replace(/[^\p{L}\p{N}]/gu, "");
  const words = text => text.normalize("NFKD").toLowerCase().replace(/['’\u0300-\u036f]/g, "").split(/\s+/);
  const begins = (found, word) => ` ${found}`.includes(` ${word}`);
  const finds = (found, word) =>
    begins(found, squeeze(word)) || word.split(/[^\p{L}\p{N}]+/u).every(part => begins(found, part));

  const value = (row, column) => row.cells[column].dataset.value;
  const TICKS = {
    convex: row => value(row, 3) === "0",
    "bounded slope": row => (value(row, 4) || Infinity) < Infinity,
    proper: row => value(row, 5) === "0",
  };

  function searchable(box) {
    const rows = [...box.querySelectorAll("tbody tr")];
    const search = make("input", { type: "search", placeholder: "MAE, outliers, log loss …", autocomplete: "off" });
    const target = make("select", {}, make("option", { value: "", textContent: "all" }));
    for (const name of new Set(rows.map(row => row.cells[1].textContent))) target.append(make("option", { textContent: name }));
    const ticks = Object.entries(TICKS).map(([text, holds]) => ({ text, holds, box: make("input", { type: "checkbox" }) }));
    const count = make("p", { className: "count" });
    count.setAttribute("role", "status");

    function update() {
      const asked = words(search.value).filter(squeeze);
      const on = ticks.filter(tick => tick.box.checked);
      for (const row of rows) {
        row.hidden = (target.value && row.cells[1].textContent !== target.value)
          || !asked.every(word => finds(row.dataset.find, word)) || !on.every(tick => tick.holds(row));
      }
      const called = row => begins(row.dataset.find, squeeze(asked.join("")));
      rows[0].parentElement.append(...[...rows].sort((a, b) => called(b) - called(a)));
      const left = rows.filter(row => !row.hidden).length;
      count.textContent = `${left} of ${rows.length} losses` + (left ? "" : ": take fewer words, or another name");
    }

    box.prepend(make("div", { className: "controls" },
      make("label", {}, "Find ", search), make("label", {}, "Target ", target),
      ...ticks.map(tick => make("label", {}, tick.box, ` ${tick.text}`)), count));
    box.addEventListener("input", update);
    update();
    sortable(box.querySelector("thead").rows[0].cells, rows, update);
  }

  // By number where cells have one; what has none stays last, whichever way.
  function sortable(heads, rows, update) {
    [...heads].forEach((head, column) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      const key = row => value(row, column) ?? row.cells[column].textContent;
      const numbers = value(rows[0], column) !== undefined;
      button.onclick = () => {
        const down = head.ariaSort === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const order = (a, b) => (a === "") - (b === "") || (numbers ? a - b || 0 : a.localeCompare(b)) * (down ? -1 : 1);
        rows.sort((a, b) => order(key(a), key(b)));
        update();
      };
      head.append(button);
    });
  }

  // ── the conversation ──

  // The address holds the keys that the answers lead to: #choose=number/median.  Where an answer
  // before leads there too, "~" and its own place follow.
  const MARK = "#choose=";

  function conversation(box) {
    const { start, questions, proposals } = JSON.parse(box.dataset.guide);
    const stage = make("div", { className: "stage" });
    const all = make("details", {}, make("summary", { textContent: "All questions at once" }), ...box.childNodes);
    box.append(stage, all);

    function path() {
      const given = location.hash.startsWith(MARK) ? location.hash.slice(MARK.length).split("/") : [];
      const steps = [];
      let at = start, address = MARK;
      for (const step of given) {
        const [key, place] = step.split("~"), { text, answers = [] } = questions[at] ?? {};
        const answer = [answers[place], ...answers].find(answer => answer?.to === key);
        if (!answer) break;
        steps.push({ question: text, answer: answer.text, address });
        address += (steps.length > 1 ? "/" : "") + step;
        at = key;
      }
      return { at, steps, address };
    }

    function show() {
      const { at, steps, address } = path();
      const heading = make("h3", { tabIndex: -1 });
      const trail = make("ol", {}, ...steps.map(step =>
        make("li", {}, make("a", { href: step.address }, `${step.question} `, make("strong", { textContent: step.answer })))));
      const nav = make("nav", { hidden: !steps.length }, trail);
      nav.setAttribute("aria-label", "Your answers: choose one to give another");
      stage.replaceChildren(nav, heading, ...(questions[at] ? ask(questions[at], address, heading) : propose(proposals[at], heading)));
      return heading;
    }

    function ask({ text, why, answers }, address, heading) {
      heading.textContent = text;
      const choices = answers.map(({ text, to }, i) => {
        const first = answers.findIndex(answer => answer.to === to) === i;
        const step = (address === MARK ? "" : "/") + to + (first ? "" : `~${i}`);
        return make("li", {}, make("button", { type: "button", textContent: text, onclick() { location.hash = address + step; } }));
      });
      return [make("p", { textContent: why }), make("ul", {}, ...choices)];
    }

    function propose({ loss, setting, reason, beware, heading, page, also, snippet }, title) {
      title.append("Take ", make("code", { textContent: loss }));
      const word = (name, ...rest) => make("p", {}, make("strong", { textContent: `${name} ` }), ...rest);
      const others = also.map(({ loss, when }) => make("li", {}, make("code", { textContent: loss }), `: ${when}`));
      return [
        make("p", { textContent: reason }),
        ...(setting ? [word("Settings:", setting)] : []),
        word("Watch out:", beware),
        make("div", { className: "snippet" }, ...copied(snippet)),
        ...(others.length ? [word("Or rather:"), make("ul", {}, ...others)] : []),
        word("Read on:", make("a", { href: page, textContent: heading })),
        make("p", {}, make("a", { href: MARK, textContent: "Start again" })),
      ];
    }

    show();
    if (location.hash.startsWith(MARK)) stage.scrollIntoView();
    addEventListener("hashchange", () => {
      if (location.hash && !location.hash.startsWith(MARK)) return;  // a link to elsewhere on the page
      const heading = show();
      heading.focus({ preventScroll: true });
      stage.scrollIntoView({ block: "nearest" });
    });
  }

  // Not every address may use the clipboard: then the selection is copied.
  function copied(snippet) {
    const code = make("pre", {}, make("code", { textContent: snippet }));
    const said = make("span");
    said.setAttribute("role", "status");
    const button = make("button", { type: "button", textContent: "Copy", async onclick() {
      let done = true;
      try {
        await navigator.clipboard.writeText(snippet);
      } catch {
        getSelection().selectAllChildren(code);
        done = document.execCommand("copy");
      }
      said.textContent = done ? "Copied" : "Press Ctrl+C";
    } });
    return [code, button, said];
  }

  document.querySelectorAll(".loss-table").forEach(searchable);
  document.querySelectorAll(".guide-chooser").forEach(conversation);
})();
