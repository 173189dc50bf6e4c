// Shows at once what is chosen on the page of preferences, before it is saved, and offers the time zone of the device.

const form = document.querySelector("[data-preferences]");
const root = document.documentElement;

const show = () => {
  for (const name of ["theme", "size", "font", "motion"]) {
    const { value } = form.elements[name];
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
};
form.addEventListener("change", show);
show(); // a browser that comes back keeps what was chosen in the form

const offer = form.querySelector("[data-zone]");
const zones = form.elements.time_zone;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const offered = () => {
  offer.hidden = zones.value === own || ![...zones.options].some((option) => option.value === own);
};
offer.querySelector("b").textContent = own;
offer.querySelector("button").addEventListener("click", () => {
  zones.value = own;
  zones.focus();
  offered();
});
zones.addEventListener("change", offered);
offered();
