// Beside a lesson's text: what is picked goes where the caret is, and a fault leads to its line.

const text = document.getElementById("id_text");

for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

// A footnote stands in the sentence, a check on a line of its own.
const insert = (written) => {
  const before = text.value.slice(0, text.selectionEnd);
  const after = text.value.slice(text.selectionEnd);
  const isLine = written.startsWith(":::");
  const start = isLine && before ? "\n".repeat(2 - /\n{0,2}$/.exec(before)[0].length) : "";
  const end = isLine ? "\n".repeat(2 - /^\n{0,2}/.exec(after)[0].length) : "";
  text.focus();
  text.setSelectionRange(before.length, before.length);
  // This way the browser can take it back with Ctrl+Z.
  const piece = `${start}${written}${end}`;
  if (!document.execCommand("insertText", false, piece)) text.setRangeText(piece, before.length, before.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
};

const goTo = (line) => {
  const start = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + text.value.slice(start).split("\n")[0].length);
  text.scrollIntoView({ block: "nearest" });
};

document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-insert]");
  const fault = event.target.closest("[data-line]");
  if (pick) insert(pick.dataset.insert);
  if (!fault) return;
  event.preventDefault();
  goTo(Number(fault.dataset.line));
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  for (const button of target.querySelectorAll("[data-insert]")) button.hidden = false;
});

// Enter in a search field searches at once; the page of its own is for browsers without scripts.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".picker")) return;
  event.preventDefault();
  event.target.querySelector("[type=search]").dispatchEvent(new Event("search"));
});
