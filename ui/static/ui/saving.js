// Keeps an exam's answer while it is being given: a second after the last change, and when the page is left. One letter
// is under way at a time. One whose reply never came is sent again as it was before anything else is: the server knows
// it by its try and takes it once.

const form = document.querySelector("form[data-saves]");
const status = form?.querySelector("[data-status]");
const announce = document.getElementById("announce");

const letter = () => {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields;
};

const answerIn = (fields) => {
  const answer = new URLSearchParams(fields);
  for (const name of ["attempt", "try_number"]) answer.delete(name);
  return answer.toString();
};

const answer = () => answerIn(letter());

let sent = form && answer();
let unsure = null; // a letter without a reply
let ahead = null; // a letter sent on leaving, before an earlier one had its reply
let writing = null; // a promise, while letters are under way
let failed = false;
let told = "";
let timer;

const isNew = () => unsure !== null || answer() !== sent;

const post = (fields) => {
  const body = new URLSearchParams(fields);
  body.set("autosave", "1");
  body.set("csrfmiddlewaretoken", document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "");
  const keepalive = body.toString().length < 60_000; // browsers refuse more than 64 kB
  const signal = AbortSignal.timeout(15_000);
  return fetch(form.action, { method: "POST", body, keepalive, signal, headers: { "HX-Request": "true" } });
};

// Told aloud only when something else is the matter than before: not at every pause in writing.
const tell = () => {
  const words = status.innerText.trim();
  const gist = words.replace(/\d/g, "");
  if (gist !== told) announce.textContent = words;
  told = gist;
};

const inLocalTime = () => {
  const time = status.querySelector("time");
  const language = document.documentElement.lang;
  if (time) time.textContent = new Date(time.dateTime).toLocaleTimeString(language, { hourCycle: "h23" });
};

// What became of it, or a note that says why nothing did; anything else, like a proxy's page, is no reply.
const show = async (reply) => {
  const text = await reply.text();
  const isNote = reply.status < 500 && reply.status !== 429 && text.startsWith('<div class="toast"');
  if (!isNote && !text.includes('name="try_number"')) throw new Error(`No reply: ${reply.status}`);
  htmx.swap(isNote ? status.querySelector("[data-words]") : status, text, { swapStyle: "innerHTML" });
  inLocalTime();
  tell();
};

const write = async () => {
  do {
    unsure ??= letter();
    sent = answerIn(unsure);
    await show(await post(unsure));
    failed = false;
    unsure = ahead?.get("try_number") === letter().get("try_number") ? ahead : null;
    ahead = null;
  } while (unsure || answer() !== sent);
};

const tryLater = () => {
  failed = true;
  status.querySelector("[data-words]").textContent = status.dataset.offline;
  tell();
  saveIn(5000);
};

const save = () => {
  writing ??= write().catch(tryLater).finally(() => { writing = null; });
  return writing;
};

const saveIn = (milliseconds) => {
  clearTimeout(timer);
  timer = setTimeout(() => isNew() && save(), milliseconds);
};

const saveNow = (event) => {
  if (event.submitter?.name) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // htmx would send it too
  told = "";
  if (isNew() || !status.querySelector("[data-kept]")) save();
  else tell();
};

// The page may be gone before a reply comes, so what is newer does not wait for it.
const leave = () => {
  if (!isNew()) return;
  save();
  if (answer() === sent || ahead) return;
  ahead = letter();
  ahead.set("try_number", Number(ahead.get("try_number")) + 1);
  post(ahead).catch(() => {});
};

// The next page shows what is answered, so it comes after the answer.
const saveFirst = async (event) => {
  const link = event.target.closest?.("a[href]:not([href^='#'], [target])");
  const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || !(isNew() || writing)) return;
  event.preventDefault();
  await Promise.race([save(), new Promise((resolve) => setTimeout(resolve, 3000))]);
  location.assign(link.href);
};

if (form) {
  form.addEventListener("input", () => saveIn(1000));
  form.addEventListener("submit", saveNow, true);
  document.addEventListener("click", saveFirst);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  addEventListener("online", () => isNew() && save());
  addEventListener("beforeunload", (event) => failed && event.preventDefault());
  document.addEventListener("flush", ({ detail }) => detail.push((async () => {
    if (isNew() || writing) await save();
    return !failed;
  })()));
  inLocalTime();
}
