// What the server understands of the places pointed at: a veil over the rest of the photo, and a line of words.

const CALM = 120; // ms: keys that move a point are not all answered

export class Understood {
  constructor(picker) {
    this.picker = picker;
    this.veil = picker.querySelector("[data-veil]");
    this.line = picker.querySelector("[data-line]");
    this.veil.addEventListener("load", () => URL.revokeObjectURL(this.veil.src));
  }

  // Without an answer the page is as it would be without this: the places are in the form.
  ask(places) {
    clearTimeout(this.timer);
    this.question?.abort();
    if (!places) return this.show(null, "");
    this.line.textContent = this.picker.dataset.looking;
    this.timer = setTimeout(() => this.fetch(places).catch((error) => error.name === "AbortError" || this.show(null, "")), CALM);
    return null;
  }

  async fetch(places) {
    this.question = new AbortController();
    const address = `${this.picker.dataset.preview}?${new URLSearchParams({ subject: places })}`;
    const answer = await fetch(address, { signal: this.question.signal });
    if (answer.status === 204) this.show(null, this.picker.dataset.lost);
    else if (answer.ok && !answer.redirected) this.show(await answer.blob(), this.picker.dataset.understood);
    else this.show(null, "");
  }

  show(picture, words) {
    this.veil.hidden = !picture;
    this.picker.classList.toggle("picker--understood", Boolean(picture));
    if (picture) this.veil.src = URL.createObjectURL(picture);
    this.line.textContent = words;
  }
}
