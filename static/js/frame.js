// <photo-frame>: turns a photo and moves a frame on it, by finger, mouse and keys. What is chosen stands in the form's fields.

import { heightOf, moved, pulled, shaped, turned, whole, widthOf } from "./frame-box.js";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.02; // of the photo's longer side: an arrow key
const SMALLEST = 56; // px on the screen: a frame that fingers can still hold
const SIDES = ["left", "top", "right", "bottom"];

class PhotoFrame extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector("[data-stage]");
    this.image = this.querySelector("[data-photo]");
    this.frame = this.querySelector("[data-frame]");
    this.fields = this.querySelector("form").elements;
    this.read();
    this.listen();
    this.classList.add("is-alive");
    new ResizeObserver(() => this.show()).observe(this.stage.parentElement);
    this.show();
  }

  listen() {
    this.frame.addEventListener("pointerdown", (event) => this.hold(event));
    this.frame.addEventListener("pointermove", (event) => this.pull(event));
    for (const name of ["pointerup", "pointercancel"]) this.frame.addEventListener(name, () => this.letGo());
    this.stage.addEventListener("dragstart", (event) => event.preventDefault()); // of the photo itself, by a mouse
    this.frame.addEventListener("keydown", (event) => this.key(event));
    for (const button of this.querySelectorAll("[data-turn]")) button.addEventListener("click", (event) => this.turn(event));
    this.querySelector("[data-reset]").addEventListener("click", (event) => this.reset(event));
    this.addEventListener("change", (event) => (event.target.name === "shape" ? this.choose(this.fitted("")) : this.typed(event)));
  }

  // The photo as it is turned now, in its own px.
  get photo() {
    const [width, height] = ["width", "height"].map((side) => Number(this.image.getAttribute(side)));
    return this.degrees % 180 ? { width: height, height: width } : { width, height };
  }

  get ratio() {
    return Number(this.fields.shape.value);
  }

  get least() {
    return Math.max(Number(this.dataset.least), SMALLEST / this.scale);
  }

  read() {
    this.degrees = Number(this.fields.turn.value);
    const { width, height } = this.photo;
    const [left, top, right, bottom] = SIDES.map((side) => Number(this.fields[side].value) / 100);
    this.box = { left: left * width, top: top * height, right: (1 - right) * width, bottom: (1 - bottom) * height };
  }

  typed(event) {
    if (!SIDES.includes(event.target.name)) return;
    const before = this.box;
    this.read();
    if (widthOf(this.box) <= 0 || heightOf(this.box) <= 0) this.box = before;
    this.choose(this.box);
  }

  hold(event) {
    if (event.button !== 0) return;
    this.start = { x: event.clientX, y: event.clientY, box: this.box, handle: event.target.dataset.handle ?? "" };
    this.frame.setPointerCapture(event.pointerId);
  }

  pull(event) {
    if (!this.start) return;
    const { x, y, box, handle } = this.start;
    const [right, down] = [(event.clientX - x) / this.scale, (event.clientY - y) / this.scale];
    this.box = handle ? this.stretched(box, handle, right, down) : moved(box, right, down, this.photo);
    this.show();
  }

  letGo() {
    if (this.start) this.choose(this.box);
    this.start = null;
  }

  key(event) {
    const [right, down] = MOVES[event.key] ?? [];
    if (right === undefined) return;
    event.preventDefault();
    const step = STEP * Math.max(this.photo.width, this.photo.height);
    const handle = right ? "e" : "s";
    if (event.shiftKey) this.choose(this.stretched(this.box, handle, right * step, down * step));
    else this.choose(moved(this.box, right * step, down * step, this.photo));
  }

  stretched(box, handle, right, down) {
    return shaped(pulled(box, handle, right, down, this.photo, this.least), handle, this.ratio, this.photo, this.least);
  }

  fitted(handle) {
    return shaped(this.ratio ? whole(this.photo) : this.box, handle, this.ratio, this.photo);
  }

  turn(event) {
    event.preventDefault();
    const clockwise = event.currentTarget.dataset.turn === "right";
    const box = turned(this.box, this.photo, clockwise);
    this.degrees = (this.degrees + (clockwise ? 90 : 270)) % 360;
    this.fields.turn.value = this.degrees;
    this.box = box;
    this.choose(this.ratio ? this.fitted("") : box);
  }

  reset(event) {
    event.preventDefault();
    this.degrees = 0;
    this.fields.turn.value = 0;
    this.querySelector("[name=shape]").checked = true;
    this.choose(whole(this.photo));
  }

  // Writes the box into the fields and says it.
  choose(box) {
    this.box = box;
    const { width, height } = this.photo;
    const cuts = [box.left / width, box.top / height, 1 - box.right / width, 1 - box.bottom / height];
    SIDES.forEach((side, at) => { this.fields[side].value = Math.abs(100 * cuts[at]).toFixed(2).replace(/\.?0+$/, ""); });
    this.show();
    this.say();
  }

  show() {
    const { width, height } = this.photo;
    const { clientWidth } = this.stage.parentElement;
    const { paddingLeft } = getComputedStyle(this.stage.parentElement);
    this.scale = Math.min((clientWidth - 2 * parseFloat(paddingLeft)) / width, (this.dataset.highest * window.innerHeight) / height);
    const px = (length) => `${length * this.scale}px`;
    Object.assign(this.stage.style, { width: px(width), height: px(height) });
    const [wide, high] = this.degrees % 180 ? [height, width] : [width, height];
    Object.assign(this.image.style, { width: px(wide), height: px(high), transform: `translate(-50%, -50%) rotate(${this.degrees}deg)` });
    const places = { left: this.box.left, top: this.box.top, width: widthOf(this.box), height: heightOf(this.box) };
    for (const [name, length] of Object.entries(places)) this.stage.style.setProperty(`--${name}`, px(length));
  }

  say() {
    const { width, height } = this.photo;
    const shares = { wide: widthOf(this.box) / width, high: heightOf(this.box) / height, x: this.box.left / width, y: this.box.top / height };
    const words = this.dataset.said.replace(/\{(\w+)\}/g, (all, name) => (name === "turn" ? this.degrees : Math.round(100 * shares[name])));
    this.querySelector("[data-said-here]").textContent = words;
  }
}

customElements.define("photo-frame", PhotoFrame);
