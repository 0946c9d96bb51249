// One photo on its way: its row in the list, and what it says.

import { sendPhoto } from "./send.js";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_WAITS = 5; // for a server that is busy

export const State = { WAITING: "waiting", SENDING: "sending", READY: "ready", REFUSED: "refused" };

export class Sending {
  // `drop` holds the words; `onChange` is called whenever the state is another one.
  constructor(file, number, drop, onChange) {
    Object.assign(this, { file, drop, onChange, waits: 0 });
    this.row = drop.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    this.row.innerHTML = this.row.innerHTML.replaceAll("{number}", number);
    this.row.querySelector("[data-again]").addEventListener("click", () => this.again());
    this.showPicture();
    this.begin();
  }

  begin() {
    this.row.classList.remove("sending--refused", "sending--looking");
    this.row.querySelector("progress").value = 0;
    if (this.file.size > MOST_BYTES) this.refuse(this.drop.dataset.tooBig);
    else this.become(State.WAITING, this.drop.dataset.waiting);
  }

  // What the browser cannot show itself, as a HEIC photo, keeps the drawn picture of a photo.
  showPicture() {
    const image = this.row.querySelector("img");
    const address = URL.createObjectURL(this.file);
    image.addEventListener("load", () => { image.hidden = false; });
    for (const name of ["load", "error"]) image.addEventListener(name, () => URL.revokeObjectURL(address));
    image.src = address;
  }

  async send(form) {
    this.become(State.SENDING, this.drop.dataset.sending);
    this.stopper = new AbortController();
    const way = { form, store: this.drop.dataset.store, onProgress: (share) => this.showProgress(share), signal: this.stopper.signal };
    try {
      this.answered(await sendPhoto(this.file, way));
    } catch {
      this.refuse(this.drop.dataset.noConnection);
    }
  }

  showProgress(share) {
    this.row.querySelector("progress").value = 100 * share;
    if (share < 1) return;
    this.row.classList.add("sending--looking");
    this.say(this.drop.dataset.looking);
  }

  answered({ row, words, busyFor }) {
    if (row) this.finish(row);
    else if (busyFor && this.waits < MOST_WAITS) this.waitFor(busyFor);
    else this.refuse(words || this.drop.dataset.noConnection);
  }

  finish(html) {
    const hadFocus = this.row.contains(document.activeElement);
    this.row.insertAdjacentHTML("afterend", html);
    const ready = this.row.nextElementSibling;
    this.row.remove();
    this.row = ready;
    if (hadFocus) this.link.focus();
    this.become(State.READY);
  }

  get link() {
    return this.row.querySelector("a");
  }

  waitFor(seconds) {
    this.waits += 1;
    this.become(State.SENDING, this.drop.dataset.busy);
    this.timer = setTimeout(() => this.begin(), 1000 * seconds);
  }

  refuse(words) {
    this.row.classList.add("sending--refused");
    this.become(State.REFUSED, words);
  }

  again() {
    this.waits = 0;
    this.begin();
    this.row.querySelector("[data-stop]").focus();
  }

  stop() {
    clearTimeout(this.timer);
    this.onChange = () => {};
    this.stopper?.abort();
    this.row.remove();
  }

  become(state, words) {
    this.state = state;
    if (words) this.say(words);
    this.onChange();
  }

  say(words) {
    this.row.querySelector("[data-words]").textContent = words;
  }
}
