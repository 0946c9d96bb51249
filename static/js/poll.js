// Says what a job is doing, and keeps asking with growing pauses when the connection is lost.

const FIRST_PAUSE = 2000; // ms
const LONGEST_PAUSE = 30000; // ms
let pause = FIRST_PAUSE;

const isPoll = (event) => event.target.matches?.("[data-poll]");
const trouble = () => document.querySelector("[data-trouble]");

function tryLater(event) {
  if (!isPoll(event)) return;
  if (event.detail.xhr?.status === 404) return location.reload(); // deleted meanwhile
  trouble().hidden = false;
  const poll = event.target;
  setTimeout(() => window.htmx.trigger(poll, "again"), pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, tryLater);

document.addEventListener("htmx:afterSwap", () => {
  pause = FIRST_PAUSE;
  trouble().hidden = true;
  announce();
});

function announce() {
  const { announce: words, title } = document.querySelector("[data-announce]").dataset;
  const announcer = document.querySelector("[data-announcer]");
  if (announcer.textContent !== words) announcer.textContent = words;
  document.title = `${title} · Scribblemachine`;
}
