// Rows to put in order move by buttons, by dragging, and to where their number says. Without this file the numbers do it.

const rowsOf = (list) => [...list.children];
const placeOf = (row) => rowsOf(row.parentElement).indexOf(row);

// A button at an end has nowhere to go, but stays in reach: a disabled one would lose the focus.
const markEnds = (list) => {
  for (const button of list.querySelectorAll("[data-move]")) {
    const end = button.dataset.move < 0 ? list.firstElementChild : list.lastElementChild;
    button.setAttribute("aria-disabled", button.closest("li") === end);
  }
};

// The others move past the row, which is never taken out of the page and so keeps the focus and the pointer.
const move = (row, to) => {
  const list = row.parentElement;
  for (let place = placeOf(row); place < to; place++) row.before(row.nextElementSibling);
  for (let place = placeOf(row); place > to; place--) row.after(row.previousElementSibling);
  rowsOf(list).forEach((one, place) => { one.querySelector("input").value = place + 1; });
  markEnds(list);
  const said = { row: row.querySelector("label").textContent.trim(), place: to + 1, count: list.children.length };
  document.getElementById("announce").textContent = list.dataset.moved.replace(/\{(\w+)\}/g, (_, name) => said[name]);
  row.dispatchEvent(new Event("input", { bubbles: true })); // saves it where answers are saved while being given
};

const within = (place, list) => Math.min(Math.max(place, 0), list.children.length - 1);

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-ordering] [data-move]:not([aria-disabled=true])");
  if (!button) return;
  const row = button.closest("li");
  move(row, placeOf(row) + Number(button.dataset.move));
});

document.addEventListener("change", ({ target }) => {
  const row = target.closest?.("[data-ordering] > li");
  if (row) move(row, target.value ? within(Math.round(target.value) - 1, row.parentElement) : placeOf(row));
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-ordering] [data-grip]");
  if (!grip || event.button) return;
  const row = grip.closest("li");
  const follow = ({ clientY }) => {
    const isAbove = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2 < clientY;
    const to = rowsOf(row.parentElement).filter((other) => other !== row && isAbove(other)).length;
    if (to !== placeOf(row)) move(row, to);
  };
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", follow), { once: true });
});

const equip = (root) => {
  for (const list of root.querySelectorAll("[data-ordering]")) {
    for (const moves of list.querySelectorAll(".moves")) moves.hidden = false;
    markEnds(list);
  }
};

document.addEventListener("htmx:load", ({ target }) => equip(target));
equip(document);
