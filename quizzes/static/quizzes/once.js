// Forms with data-once are sent once, however often Enter is pressed: so the page that follows answers the first press,
// with all it has to say. The server takes a repeat calmly, too.

addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (form?.dataset.once) event.preventDefault();
  else if (form) form.dataset.once = "sent";
});

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) form.dataset.once = "";
});
