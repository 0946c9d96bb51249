// <photo-drop>: takes dropped, pasted or chosen photos and sends them, two at a time. Without it the form is a plain one.

import { Sending, State } from "./sending.js";

const AT_ONCE = 2;

class PhotoDrop extends HTMLElement {
  connectedCallback() {
    this.photos = [];
    this.number = 0;
    this.form = this.querySelector("form");
    this.list = this.querySelector("[data-list]");
    this.classList.add("is-alive");
    this.form.addEventListener("change", ({ target }) => this.chosen(target));
    this.addEventListener("dragover", (event) => this.dragOver(event));
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => this.drop(event));
    document.addEventListener("paste", (event) => this.take(event.clipboardData?.files ?? []));
    // A photo dropped beside the zone must not replace the page.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  }

  chosen(input) {
    this.take(input.files);
    this.form.reset(); // so that the same file can be chosen again
  }

  dragOver(event) {
    event.preventDefault();
    this.classList.add("is-over");
  }

  drop(event) {
    event.preventDefault();
    this.classList.remove("is-over");
    this.take(event.dataTransfer.files);
  }

  take(files) {
    if (!files.length) return;
    this.querySelector(".dropzone__problem")?.remove();
    const taken = this.photos.filter((photo) => photo.state !== State.REFUSED).length;
    // One is always tried: it may be there already, which costs nothing.
    const fitting = [...files].slice(0, Math.max(Number(this.dataset.left) - taken, taken ? 0 : 1));
    this.isAlone = files.length === 1 && taken === 0;
    for (const file of fitting) this.add(file);
    if (fitting.length < files.length) this.complain(this.dataset.tooMany);
    this.goOn();
  }

  add(file) {
    this.number += 1;
    const photo = new Sending(file, this.number, this, () => this.goOn());
    photo.row.querySelector("[data-stop]").addEventListener("click", () => this.stop(photo));
    this.photos.push(photo);
    this.list.append(photo.row);
    this.showList();
  }

  stop(photo) {
    const beside = photo.row.nextElementSibling ?? photo.row.previousElementSibling;
    photo.stop();
    this.photos = this.photos.filter((other) => other !== photo);
    this.showList();
    const way = beside?.matches(".sending--refused") ? "[data-again]" : "a, [data-stop]";
    (beside?.querySelector(way) ?? this.querySelector("input[type=file]")).focus();
    this.goOn();
  }

  showList() {
    this.list.hidden = this.photos.length === 0;
    this.classList.toggle("has-rows", this.photos.length > 0);
  }

  having(state) {
    return this.photos.filter((photo) => photo.state === state);
  }

  goOn() {
    // The first photo of a visitor brings the session that all others belong to.
    const most = "isNew" in this.dataset && !this.having(State.READY).length ? 1 : AT_ONCE;
    const free = most - this.having(State.SENDING).length;
    const [next] = this.having(State.WAITING);
    if (next && free > 0) next.send(this.form); // which calls this again
    else this.tell();
  }

  // Says how many are ready. A photo that came alone leads on by itself.
  tell() {
    const ready = this.having(State.READY);
    const isOver = ready.length + this.having(State.REFUSED).length === this.photos.length;
    const words = this.dataset.ready.replace("{ready}", ready.length).replace("{all}", this.photos.length);
    this.querySelector("[data-told]").textContent = this.photos.length > 1 ? words : "";
    this.querySelector("[data-further]").classList.toggle("is-here", isOver && ready.length > 0);
    if (ready.length === 0) return;
    this.querySelector("[data-further-link]").href = ready[0].link.href;
    if (isOver && this.isAlone) location.assign(ready[0].link.href);
  }

  complain(words) {
    const note = document.createElement("p");
    note.className = "dropzone__problem notice notice--bad";
    note.setAttribute("role", "alert");
    note.textContent = words;
    this.form.prepend(note);
  }
}

customElements.define("photo-drop", PhotoDrop);
