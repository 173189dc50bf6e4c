// Arrow keys lead from the field down to the results and back.

const field = document.getElementById("q");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...document.querySelectorAll("[data-hit]")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + step];
  if (!step || at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});
