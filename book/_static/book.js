// Small repairs to what the theme renders; every page works without them.
"use strict";

// Opened from a disk, a page may not fetch others for the excerpts of the search results.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// A name spoken by a screen reader must contain the words that are seen.
function nameByContent() {
  for (const element of document.querySelectorAll("summary[aria-label], .search-button-field[aria-label]")) {
    element.removeAttribute("aria-label");
  }
  for (const icon of document.querySelectorAll(".theme-switch")) {
    icon.removeAttribute("title");
    icon.querySelector("title")?.remove();
    icon.setAttribute("aria-hidden", "true");
  }
  for (const box of document.querySelectorAll(".task-list-item-checkbox")) {
    box.setAttribute("aria-label", box.checked ? "done" : "to do");
  }
  const home = document.querySelector("a.navbar-brand")?.parentElement;
  home?.setAttribute("role", "region");
  home?.setAttribute("aria-label", "Title of the book");
  for (const fold of document.querySelectorAll(".has-children > details > summary")) {
    fold.setAttribute("aria-label", `Pages of ${fold.closest("li").firstElementChild.textContent}`);
  }
  for (const button of document.querySelectorAll(".solution .toggle-button")) {
    button.setAttribute("aria-label", button.parentElement.textContent.trim());
  }
}

// An empty cell heads nothing; the books of a list are the items of that list.
function nameByRole() {
  for (const head of document.querySelectorAll("th")) {
    if (head.textContent.trim() || head.querySelector("img, svg")) continue;
    const cell = document.createElement("td");
    for (const { name, value } of head.attributes) cell.setAttribute(name, value);
    head.replaceWith(cell);
  }
  for (const list of document.querySelectorAll(".citation-list")) {
    for (const child of list.children) child.setAttribute("role", "listitem");
  }
}

// What scrolls sideways must scroll by keyboard too.
function makeScrollersFocusable() {
  const boxes = "mjx-container[display], .bd-article pre, .pst-scrollable-table-container, div.cell_output .output, table.loss-card td, .wide-figure";
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  }
}

// On a phone a wide figure keeps letters that can be read, and scrolls in a box of its own.
function keepFiguresLegible() {
  for (const image of document.querySelectorAll("div.cell_output img")) {
    const wide = image.getAttribute("width") > 600;
    image.parentElement.classList.toggle("wide-figure", wide);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  nameByContent();
  nameByRole();
  keepFiguresLegible();
  document.querySelector(".btn-download-source-button")?.setAttribute("download", "");
});
window.addEventListener("load", () => {
  const formulas = window.MathJax?.startup?.promise ?? Promise.resolve();
  nameByContent();  // again: the theme's scripts make new icons and buttons
  formulas.then(makeScrollersFocusable);
});
window.addEventListener("resize", makeScrollersFocusable);
document.addEventListener("toggle", makeScrollersFocusable, true);  // what was folded had no width

// Paper is light.
window.addEventListener("beforeprint", () => {
  document.documentElement.dataset.themeOnScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});
window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = document.documentElement.dataset.themeOnScreen;
});
