// 1 to 9 choose an option of the question at hand; Enter checks it, or goes on once it is answered; buttons with a key of
// their own are pressed by it. / leads to the search.

const questionAtHand = () => {
  const focused = document.activeElement?.closest?.("[data-question]");
  if (focused) return focused;
  const middle = innerHeight / 2;
  const distance = (card) => Math.abs((card.getBoundingClientRect().top + card.getBoundingClientRect().bottom) / 2 - middle);
  return [...document.querySelectorAll("[data-question]")]
    .filter((card) => card.getBoundingClientRect().top < innerHeight && card.getBoundingClientRect().bottom > 0)
    .sort((a, b) => distance(a) - distance(b))[0];
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.shiftKey && event.key !== "/") return; // on some keyboards / takes Shift
  const focused = document.activeElement;
  const isChoice = focused?.matches?.("input[type=radio], input[type=checkbox]");
  if (focused?.matches?.("input, textarea, select, [contenteditable]") && !isChoice) return;
  if (event.key === "/") {
    event.preventDefault();
    const field = document.querySelector("input[type=search]");
    field ? field.select() : document.querySelector("[data-search]")?.click();
    return;
  }
  const card = questionAtHand();
  const place = card?.closest("[data-sitting]") ?? card ?? document.querySelector("[data-sitting]");
  if (!place) return;
  const named = place.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (named) {
    event.preventDefault();
    named.click();
  } else if (/^[1-9]$/.test(event.key)) {
    const option = card?.querySelectorAll("input[type=radio], input[type=checkbox]")[event.key - 1];
    if (!option || option.disabled) return;
    event.preventDefault();
    option.click();
    option.focus();
  } else if (event.key === "Enter" && (isChoice || !focused?.matches?.("a, button, summary"))) {
    const next = place.querySelector("[data-enter]");
    if (!next) return;
    event.preventDefault();
    next.click();
  }
});
