// Words selected in a passage are highlighted, noted on or asked later; words that are marked are noted on, asked later or
// deleted. A bar for it comes up beside them. Without this file the link at each passage leads to a page for the same.

const bar = document.getElementById("marker");
const CONTEXT = 64;
const APART = ".note, .own, .jot, .ref, .meaning"; // not part of a passage's running text
let chosen; // a passage, with the words selected in it or the number of the highlight
let pressed = false;

const texts = (passage) => {
  const running = (node) => !node.parentElement.closest(APART);
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (running(walker.currentNode)) found.push(walker.currentNode);
  return found;
};

// What of a passage's text comes before a range, stands in it and comes after it.
const split = (passage, range) => {
  const parts = { before: "", quote: "", after: "" };
  const all = document.createRange();
  for (const node of texts(passage)) {
    all.selectNodeContents(node);
    const startsLater = range.compareBoundaryPoints(Range.START_TO_START, all) > 0;
    const endsEarlier = range.compareBoundaryPoints(Range.END_TO_END, all) < 0;
    const start = !startsLater ? 0 : node === range.startContainer ? range.startOffset : node.length;
    const end = Math.max(start, !endsEarlier ? node.length : node === range.endContainer ? range.endOffset : 0);
    parts.before += node.data.slice(0, start);
    parts.quote += node.data.slice(start, end);
    parts.after += node.data.slice(end);
  }
  return parts;
};

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || document.activeElement?.matches("input, textarea, select")) return [];
  const range = selection.getRangeAt(0);
  return [...document.querySelectorAll(".passage[id]")]
    .filter((passage) => range.intersectsNode(passage))
    .map((passage) => ({ passage, beside: range, ...split(passage, range) }))
    .filter(({ quote }) => quote.trim());
};

const hide = () => {
  bar.hidden = true;
  chosen = undefined;
};

const show = (found, { isMarked = false, isTooMuch = false } = {}) => {
  chosen = found;
  for (const button of bar.querySelectorAll("[data-mark]")) button.hidden = isTooMuch || (isMarked && !button.dataset.mark);
  bar.querySelector("[data-unmark]").hidden = !isMarked;
  bar.querySelector("[data-too-much]").hidden = !isTooMuch;
  if (bar.previousElementSibling !== found.passage) found.passage.after(bar); // Tab leads on from here
  bar.hidden = false;
  const around = found.beside.getBoundingClientRect();
  const left = Math.min(around.left, document.documentElement.clientWidth - bar.offsetWidth - 16);
  bar.style.setProperty("--x", `${Math.max(16, left) + scrollX}px`);
  bar.style.setProperty("--y", `${around.bottom + scrollY + 8}px`);
};

const look = () => {
  if (pressed) return;
  const found = selected();
  if (found.length) show(found[0], { isTooMuch: found.length > 1 });
  else if (!chosen?.highlight) hide();
};

const send = (verb, url, values) => {
  htmx.ajax(verb, url, { target: chosen.passage, swap: "outerHTML", values });
  getSelection().removeAllRanges();
  hide();
};

const mark = (then) => {
  const { highlight, passage, before, quote, after } = chosen;
  const page = `${bar.dataset.notes}${highlight}/`;
  if (!highlight) {
    const around = { before: before.slice(-CONTEXT), after: after.slice(0, CONTEXT) };
    send("POST", passage.querySelector(".jot").href, { quote, ...around, then });
  } else if (then === "ask") location.assign(`${page}ask/`);
  else send("GET", page, {});
};

let waiting;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});

// A press on the bar must not take the selection away before it is read.
bar.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  pressed = true;
});
document.addEventListener("pointerup", () => setTimeout(() => (pressed = false)));

bar.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button || !chosen) return;
  if (!chosen.highlight) chosen = selected()[0] ?? chosen; // it may have grown since the bar came up
  if ("unmark" in button.dataset) send("POST", `${bar.dataset.notes}${chosen.highlight}/delete/`, {});
  else mark(button.dataset.mark);
});

document.addEventListener("click", ({ target }) => {
  if (bar.contains(target)) return;
  const words = target.closest?.("mark[data-highlight]");
  if (words && !target.closest("a") && getSelection().isCollapsed) {
    const highlight = words.dataset.highlight.split(" ").at(-1);
    show({ passage: words.closest(".passage"), beside: words, highlight }, { isMarked: true });
  } else if (chosen?.highlight) hide();
});

document.addEventListener("keydown", (event) => {
  if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape") return hide();
  if (event.key === "Tab" && !event.shiftKey && !bar.contains(document.activeElement)) {
    event.preventDefault();
    return bar.querySelector("button:not([hidden])")?.focus();
  }
  if (!("shortcuts" in bar.dataset) || event.target.closest?.("input, textarea, select")) return;
  const button = bar.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([hidden])`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

look();
