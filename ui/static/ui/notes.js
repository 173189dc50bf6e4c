// Footnotes and glossary terms open in place. Without this file the same links lead to the same notes by their address.

const noteOf = (link) => document.getElementById(link.hash.slice(1));

const close = (link) => {
  link.setAttribute("aria-expanded", "false");
  noteOf(link)?.classList.remove("open");
};

const open = (link) => {
  document.querySelectorAll("[data-note][aria-expanded=true]").forEach(close);
  link.setAttribute("aria-expanded", "true");
  noteOf(link)?.classList.add("open");
  if (noteOf(link)?.matches(".note")) noteOf(link).focus({ preventScroll: true });
};

for (const link of document.querySelectorAll("[data-note]")) link.setAttribute("aria-expanded", "false");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-note]");
  if (link && noteOf(link)) {
    event.preventDefault();
    link.getAttribute("aria-expanded") === "true" ? close(link) : open(link);
  } else if (!event.target.closest?.(".note, .meaning")) {
    document.querySelectorAll(".term[data-note][aria-expanded=true]").forEach(close);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const note = document.activeElement?.closest?.(".note");
  if (note) document.querySelector(`[data-note][href="#${CSS.escape(note.id)}"]`)?.focus();
  document.querySelectorAll("[data-note][aria-expanded=true]").forEach(close);
  document.body.classList.add("hushed"); // a meaning shown by hover or focus goes away too, until the next move
});
for (const move of ["pointermove", "focusin"]) {
  document.addEventListener(move, () => document.body.classList.remove("hushed"));
}

// "Show in the lesson" stays on the page when the passage is here.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-passage]");
  const passage = link && document.querySelector(`[data-claims~="${CSS.escape(link.dataset.passage)}"]`);
  if (!passage) return;
  event.preventDefault();
  passage.classList.remove("shown");
  requestAnimationFrame(() => passage.classList.add("shown"));
  passage.setAttribute("tabindex", "-1");
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
});

// What can be done with selected words comes in a file of its own, when there are any.
const marker = document.getElementById("marker");
const loadMarker = () => import(marker.dataset.script);
if (marker && document.querySelector("mark")) loadMarker();
else if (marker) document.addEventListener("selectionchange", loadMarker, { once: true });
