// What every htmx request needs: the CSRF token of now, not of when the page was opened, and a place for what went wrong.

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.split("=")[1];

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = cookie("csrftoken");
  if (token && detail.verb === "post") detail.parameters.set("csrfmiddlewaretoken", token);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.isError) return;
  detail.target = document.getElementById("toasts");
  detail.swapOverride = "innerHTML";
  detail.shouldSwap = detail.xhr.responseText.startsWith("<div class=\"toast\"");
});

// The live region stands before the swap; what has changed is read out of the part that says so.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const news = target.closest?.("[data-announce]") ?? target.querySelector?.("[data-announce]");
  if (news) document.getElementById("announce").textContent = news.dataset.announce;
});

document.addEventListener("htmx:sendError", () => {
  const note = document.createElement("div");
  note.className = "toast";
  note.textContent = document.getElementById("toasts").dataset.offline;
  document.getElementById("toasts").replaceChildren(note);
});

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-dismiss]")) target.closest(".toast").remove();
});
