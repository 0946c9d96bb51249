// <photo-drop>: takes a dropped, pasted or chosen photo and sends it, showing how far it is. Without it the form is a plain one.

const MOST_BYTES = 10 * 1024 * 1024;

class PhotoDrop extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => this.take(event.target.files?.[0]));
    this.addEventListener("dragover", (event) => this.dragOver(event));
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => this.drop(event));
    document.addEventListener("paste", (event) => this.take(event.clipboardData?.files[0]));
    // A photo dropped beside the zone must not replace the page.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  }

  dragOver(event) {
    event.preventDefault();
    this.classList.add("is-over");
  }

  drop(event) {
    event.preventDefault();
    this.classList.remove("is-over");
    this.take(event.dataTransfer.files[0]);
  }

  take(file) {
    if (!file || this.request) return;
    if (file.size > MOST_BYTES) this.say(this.dataset.tooBig);
    else this.send(file);
  }

  send(file) {
    const form = this.querySelector("form");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("photo", file, file.name);
    this.request = new XMLHttpRequest();
    this.request.upload.addEventListener("progress", (event) => this.showProgress(event));
    this.request.addEventListener("load", () => this.answered());
    this.request.addEventListener("error", () => this.stopped(this.dataset.noConnection));
    this.request.addEventListener("abort", () => this.stopped(""));
    this.request.open("POST", form.action);
    this.request.setRequestHeader("HX-Request", "true");
    this.showSending();
    this.request.send(body);
  }

  showSending() {
    this.querySelector("[data-area]").hidden = true;
    this.querySelector("[data-sending]").hidden = false;
    this.querySelector(".dropzone__problem")?.remove();
    this.querySelector("[data-words]").textContent = this.dataset.sendingWords;
    this.querySelector("[data-stop]").onclick = () => this.request.abort();
  }

  showProgress({ loaded, total }) {
    this.querySelector("progress").value = (100 * loaded) / total;
    if (loaded === total) this.querySelector("[data-words]").textContent = this.dataset.looking;
  }

  answered() {
    const goTo = this.request.getResponseHeader("HX-Redirect");
    if (goTo) location.assign(goTo);
    else if (this.request.getResponseHeader("X-Fragment")) this.swap(this.request.responseText);
    else this.stopped(this.dataset.noConnection);
  }

  swap(html) {
    this.innerHTML = html;
    this.request = null;
    this.querySelector("input[type=file]").focus();
  }

  stopped(problem) {
    this.request = null;
    this.querySelector("[data-sending]").hidden = true;
    this.querySelector("[data-area]").hidden = false;
    this.querySelector("form").reset();
    if (problem) this.say(problem);
  }

  say(problem) {
    this.querySelector(".dropzone__problem")?.remove();
    const note = document.createElement("p");
    note.className = "dropzone__problem notice notice--bad";
    note.setAttribute("role", "alert");
    note.textContent = problem;
    this.querySelector("form").prepend(note);
  }
}

customElements.define("photo-drop", PhotoDrop);
