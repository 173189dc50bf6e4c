// A row that was added to a quiz gets the focus, so that the keyboard goes on in it.

document.addEventListener("formset:added", ({ target }) => target.querySelector("input:not([type=hidden])")?.focus());
