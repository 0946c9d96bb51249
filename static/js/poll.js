// Says what a job is doing, and keeps asking: again soon when there is nothing new, with growing pauses when the connection
// is lost.

const NOTHING_NEW = 204;
const NEXT_LOOK = 1500; // ms, as after each answer that is shown
const FIRST_PAUSE = 2000; // ms
const LONGEST_PAUSE = 30000; // ms
let pause = FIRST_PAUSE;

const isPoll = (event) => event.target.matches?.("[data-poll]");
const trouble = () => document.querySelector("[data-trouble]");

function tryLater(event) {
  if (!isPoll(event)) return;
  if (event.detail.xhr?.status === 404) return location.reload(); // deleted meanwhile
  trouble().hidden = false;
  askAgain(event.target, pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

function askAgain(poll, milliseconds) {
  setTimeout(() => window.htmx.trigger(poll, "again"), milliseconds);
}

function connected() {
  pause = FIRST_PAUSE;
  trouble().hidden = true;
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, tryLater);

document.addEventListener("htmx:afterSwap", () => {
  connected();
  announce();
});

document.addEventListener("htmx:afterOnLoad", (event) => {
  if (!isPoll(event) || event.detail.xhr.status !== NOTHING_NEW) return;
  connected();
  askAgain(event.target, NEXT_LOOK);
});

function announce() {
  const { announce: words, title } = document.querySelector("[data-announce]").dataset;
  const announcer = document.querySelector("[data-announcer]");
  if (announcer.textContent !== words) announcer.textContent = words;
  document.title = `${title} · Scribblemachine`;
}
