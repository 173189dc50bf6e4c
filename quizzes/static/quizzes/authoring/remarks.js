// Problems and advice stand at the fields they are about, too. The list beside the form has them all without this file.

const list = document.getElementById("remarks");
const form = list.closest("form");

const place = (note, number) => {
  const field = document.getElementById(note.dataset.field);
  if (!field) return;
  const remark = document.createElement("p");
  remark.id = `remark-${number}`;
  remark.className = `remark ${note.closest(".problems") ? "problem" : "advice"}`;
  remark.textContent = note.querySelector("span").textContent;
  if (field.matches("input, select, textarea")) {
    field.closest(".form-row").append(remark);
    field.setAttribute("aria-describedby", [...described(field), remark.id].join(" "));
  } else field.after(remark);
};

const described = (field) => (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.startsWith("remark-"));

const show = () => {
  for (const remark of form.querySelectorAll(".remark")) remark.remove();
  for (const field of form.querySelectorAll("[aria-describedby*='remark-']")) {
    field.setAttribute("aria-describedby", described(field).join(" "));
  }
  [...list.querySelectorAll("[data-field]")].forEach(place);
};

// A link leads to its field, also where select2 has put a box of its own in the field's place.
list.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest("a")?.hash.slice(1));
  const target = field?.classList.contains("select2-hidden-accessible") ? field.parentElement.querySelector(".select2-selection, .select2-search__field") : field;
  if (!target?.matches("input, select, textarea, .select2-selection")) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "center" });
});

// What jQuery announces to itself, htmx does not hear.
for (const name of ["select2:select", "select2:unselect"]) {
  django.jQuery(form).on(name, ({ target }) => target.dispatchEvent(new Event("change", { bubbles: true })));
}

list.addEventListener("htmx:afterSwap", show);
show();
