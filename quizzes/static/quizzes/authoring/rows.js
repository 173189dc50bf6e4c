// Rows of a question move up and down by buttons and more can be added. Without this file their places are numbers, and
// an empty row stands at the end.

const rowsOf = (set) => [...set.querySelectorAll(":scope > [data-row]")];
const positionOf = (row) => row.querySelector("input[name$='-position']");

// Every row keeps its number in the form, so nothing but the position says where it stands.
const settle = (set) => {
  const rows = rowsOf(set);
  rows.forEach((row, place) => {
    row.querySelector("[data-place]").textContent = place + 1;
    positionOf(row).value = place;
    for (const button of row.querySelectorAll("[data-move]")) {
      button.setAttribute("aria-disabled", row === (button.dataset.move < 0 ? rows[0] : rows.at(-1)));
    }
  });
};

const move = (button) => {
  const row = button.closest("[data-row]");
  const set = row.parentElement;
  const rows = rowsOf(set);
  const was = rows.indexOf(row);
  const now = was + Number(button.dataset.move);
  if (now < 0 || now >= rows.length) return;
  // The other row moves past this one, which so keeps the focus.
  if (now > was) row.before(rows[now]);
  else row.after(rows[now]);
  settle(set);
  const said = { was: was + 1, now: now + 1 };
  set.querySelector("[data-said]").textContent = set.dataset.moved.replace(/\{(\w+)\}/g, (_, name) => said[name]);
  row.dispatchEvent(new Event("change", { bubbles: true }));
};

const add = (set) => {
  const total = set.querySelector("input[name$='-TOTAL_FORMS']");
  const template = set.querySelector("template");
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.firstElementChild;
  total.value = Number(total.value) + 1;
  template.before(row);
  equip(set);
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: set.dataset.rows } }));
  row.querySelector(".form-row :is(textarea, input)").focus();
};

const equip = (set) => {
  for (const part of set.querySelectorAll("[data-moves], [data-add]")) part.hidden = false;
  for (const part of set.querySelectorAll("[data-without-script]")) part.hidden = true;
  for (const row of rowsOf(set)) positionOf(row).closest(".form-row").hidden = true;
  settle(set);
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-move], [data-add]");
  if (button?.matches("[data-move]")) move(button);
  else if (button) add(button.closest("[data-rows]"));
});

for (const set of document.querySelectorAll("[data-rows]")) {
  // After an error rows come back as they were sent; here they stand in their order.
  const place = (row) => (positionOf(row).value === "" ? Infinity : Number(positionOf(row).value));
  const template = set.querySelector("template");
  const rows = rowsOf(set);
  if (!rows.length && !template) continue;
  rows.sort((one, other) => place(one) - place(other) || 0).forEach((row) => (template ?? set.lastElementChild).before(row));
  if (rows.every(positionOf)) equip(set);
}
