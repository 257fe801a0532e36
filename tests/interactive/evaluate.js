// Evaluates functions of the figures' maths: reads {scripts, calls: [[figure, function, rows], …]} and
// writes one list of results for each call.  JSON has no infinities, so these travel as text.
"use strict";

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const { scripts, calls } = JSON.parse(readFileSync(0, "utf8"));
for (const script of scripts) runInThisContext(readFileSync(script, "utf8"), script);

const results = calls.map(([figure, name, rows]) => {
  const { modules, numbers } = globalThis.lossbook, source = figure === "core" ? numbers : modules[figure].maths;
  const f = name.split(".").reduce((part, key) => part[key], source);
  return rows.map(row => f(...row));
});
const portable = (key, x) => typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
process.stdout.write(JSON.stringify(results, portable));
