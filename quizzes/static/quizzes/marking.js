// A credit is chosen or written: doing one takes the other back. The form says so too, where this does not run.

document.addEventListener("input", ({ target }) => {
  const criterion = target.closest?.("[data-question] .credits");
  if (!criterion) return;
  const exact = criterion.querySelector("input[type=number]");
  if (target === exact) criterion.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = false; });
  else exact.value = "";
});
