// Ticks down what the server said is left, so a wrong or sleeping computer clock does not matter, and finishes when the
// server says that time is up. The server is asked every eight seconds, since the deadline may move, and on waking up.

const box = document.querySelector("[data-clock]");
const label = box?.querySelector("summary");
const announce = document.getElementById("announce");
const HIDDEN = "clock-hidden";

let clock; // swapped with every answer of the server
let ends = -Infinity; // by performance.now()
let least = Infinity; // the least time left so far, in seconds
let asked = false;
let finishing = false;

const secondsLeft = () => Math.max(0, (ends - performance.now()) / 1000);

const words = (seconds) => {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

const show = () => {
  const time = clock?.querySelector("[data-time]");
  if (time) time.textContent = words(Math.ceil(secondsLeft()));
};

// Each mark is told once as it is passed, also from one page to the next, and once more after extra time. After a leap
// over some of them, as when a laptop wakes up, the time itself is told.
const tell = (left) => {
  const marks = [["one", 60], ["five", 300], ["half", clock.dataset.total / 2]];
  const [name, mark] = marks.find(([, mark]) => left <= mark && mark < least) ?? [];
  const itself = `${label.textContent}: ${words(Math.ceil(left))}`;
  if (name) announce.textContent = mark - left < 5 ? clock.dataset[name] : itself;
  least = Math.min(least, left);
  sessionStorage.setItem(clock.dataset.attempt, least);
};

const wake = () => clock && htmx.trigger(clock, "wake");

const tick = () => {
  if (!clock) return;
  show();
  tell(secondsLeft());
  if (secondsLeft() || asked) return;
  asked = true;
  wake();
};

const wind = () => {
  clock = document.querySelector("[data-left]");
  if (clock) {
    const fresh = performance.now() + clock.dataset.left * 1000;
    if (Math.abs(fresh - ends) > 2000) ends = fresh; // less comes from rounding and from the way here
    if (least === Infinity) least = Number(sessionStorage.getItem(clock.dataset.attempt) ?? clock.dataset.left);
    if (secondsLeft() > least + 30) least = secondsLeft();
    asked = false;
    show();
    const until = clock.querySelector("time");
    const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (until) until.textContent = new Date(until.dateTime).toLocaleTimeString(document.documentElement.lang, format);
  } else {
    box.open = true;
    finish();
  }
};

// What is being typed goes first, however often that has to be tried.
const finish = async () => {
  const form = document.querySelector("form[data-over]");
  if (!form || finishing) return;
  finishing = true;
  const saving = [];
  document.dispatchEvent(new CustomEvent("flush", { detail: saving }));
  finishing = (await Promise.all(saving)).every(Boolean);
  if (finishing) form.requestSubmit();
  else setTimeout(finish, 2000);
};

const quiet = (event) => event.target === clock && event.stopPropagation();

if (box) {
  box.open = !sessionStorage.getItem(HIDDEN);
  box.addEventListener("toggle", () => sessionStorage.setItem(HIDDEN, box.open ? "" : "yes"));
  document.addEventListener("htmx:afterSwap", ({ target }) => box.contains(target) && wind());
  for (const failure of ["htmx:sendError", "htmx:beforeSwap"]) document.addEventListener(failure, quiet, true);
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  addEventListener("pageshow", (event) => event.persisted && wake());
  wind();
  setInterval(tick, 1000);
}
