// How the search ranks its results: as Sphinx does, but a page with a heading that holds the words asked for
// comes first, and the result leads to that heading.  Put into the search page by search_names.py.
const headings = {
  // The words of a text that count, in the form in which the index has them.
  words: text => {
    const stemmer = new Stemmer();
    return new Set(splitQuery(text.toLowerCase())
      .filter(word => !stopwords.includes(word)).map(word => stemmer.stemWord(word)));
  },

  // The headings of each page: [words, text, anchor].  Titles of exercises stand in brackets.
  byPage: () => {
    const pages = {};
    for (const [text, places] of Object.entries(Search._index.alltitles)) {
      if (text.startsWith("(")) continue;
      for (const [page, id] of places) if (id) (pages[page] ??= []).push([headings.words(text), text, id]);
    }
    return pages;
  },

  asked: () => {
    const query = new URLSearchParams(location.search).get("q") ?? "";
    if (headings.query !== query) Object.assign(headings, { query, of: headings.words(query) });
    return [...headings.of];
  },

  // The heading with the largest share of the words asked for, the shortest of those; if not half, none.
  best: page => {
    const asked = headings.asked(), share = words => asked.filter(word => words.has(word)).length / asked.length;
    const title = share(headings.words(Search._index.titles[page]));
    let found = { share: title, size: 0 };  // the top of the page, unless a heading has more of the words
    for (const [words, text, id] of (headings.pages ??= headings.byPage())[page] ?? []) {
      const own = share(words), better = own > found.share || (found.id && own === found.share && words.size < found.size);
      if (better) found = { share: own, text, id, size: words.size };
    }
    return found.share < 0.5 ? { share: 0, size: 0 } : found;
  },
};

// A heading's words are shown below it.  Sphinx takes its name for a selector, where a dot is none.
document.addEventListener("DOMContentLoaded", () => {
  const text = Search.htmlToText;
  Search.htmlToText = (html, anchor) => text(html, anchor && `#${CSS.escape(anchor.slice(1))}`);
});

const ENTRY = 50;  // as high score the entries of the index: names of a whole page

var Scorer = {
  score: result => {
    const [docname, title, anchor, description, score] = result;
    if (anchor || description !== null) return score;
    const { share, text, id, size } = headings.best(Search._index.docnames.indexOf(docname));
    if (id && score < ENTRY) {
      result[1] = `${title} > ${text}`;
      result[2] = `#${id}`;
    }
    return score + 60 * share ** 2 - size;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
