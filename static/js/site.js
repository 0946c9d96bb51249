// On every page: the bar on top while something loads, toasts that can be closed, and the word about a lost connection.

const SLOW_ENOUGH_TO_SHOW = 120; // ms: quicker answers need no bar
const TOAST_STAYS = 8000; // ms
let timer;

function startLoading() {
  clearTimeout(timer);
  timer = setTimeout(() => document.documentElement.classList.add("is-loading"), SLOW_ENOUGH_TO_SHOW);
}

function stopLoading() {
  clearTimeout(timer);
  document.documentElement.classList.remove("is-loading");
}

function leavesPage(link, event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
  return plain && link.origin === location.origin && !link.hash && !link.hasAttribute("download") && !link.target;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link && leavesPage(link, event)) startLoading();
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && !event.target.hasAttribute("data-download")) startLoading();
});
window.addEventListener("pageshow", stopLoading);

const isQuiet = (event) => event.target.closest?.("[data-quiet]");
document.addEventListener("htmx:beforeRequest", (event) => isQuiet(event) || startLoading());
document.addEventListener("htmx:afterRequest", stopLoading);

// A refused form comes back as a fragment of its own page: show it like any other.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.xhr.getResponseHeader("X-Fragment")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

// A request that was sent on to another page (signed out meanwhile): go there instead of showing it as a fragment.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const answered = new URL(detail.xhr.responseURL || location.href);
  const asked = new URL(detail.pathInfo.requestPath, location.href);
  if (answered.pathname === asked.pathname) return;
  detail.shouldSwap = false;
  location.assign(answered);
});

function bringToLife(toast) {
  const close = toast.querySelector("button");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  if (!toast.classList.contains("toast--error")) setTimeout(() => toast.remove(), TOAST_STAYS);
}
document.querySelectorAll("[data-toast]").forEach(bringToLife);

// Any other request that fails says so; a poll says it in its own way.
const toasts = document.querySelector("[data-toasts]");
function sayFailed(event) {
  if (isQuiet(event)) return;
  const toast = toasts.querySelector("template").content.firstElementChild.cloneNode(true);
  toasts.append(toast);
  bringToLife(toast);
}
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, sayFailed);

const offline = document.querySelector("[data-offline]");
window.addEventListener("offline", () => { offline.hidden = false; });
window.addEventListener("online", () => { offline.hidden = true; });
