// <subject-picker>: points at what the photo was taken of, by a tap, a box or keys, shows what is understood, and takes further taps on
// what belongs to it as well and on what does not. All places are written into the form as shares of the photo.

import { Understood } from "./understood.js";

const DRAG = 10; // px: a shorter move is a tap
const STEP = 0.04; // of the photo: an arrow key
const FIRST_BOX = 0.3; // of the photo: the box that grows out of a tap
const LEAST_BOX = 0.06; // of the photo: a smaller box becomes a tap again
const GROWTH = 1.2;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const MOST = 8; // places
const CENTRE = { x: 0.5, y: 0.5, width: 0, height: 0, belongs: true };
const CLEARS = ["Escape", "Delete", "Backspace"];

const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

const written = ({ x, y, width, height, belongs }) =>
  (belongs ? "" : "not ") + (width && height ? [x, y, width, height] : [x, y]).map((share) => share.toFixed(4)).join(" ");

const read = (text) => {
  const words = text.trim().split(" ");
  const belongs = words[0] !== "not";
  const [x, y, width = 0, height = 0] = words.slice(belongs ? 0 : 1).map(Number);
  return { x, y, width, height, belongs };
};

const within = (value, most) => Math.min(Math.max(value, 0), most);

const moved = ({ x, y, ...rest }, right, down) => ({ ...rest, x: within(x + right, 1 - rest.width), y: within(y + down, 1 - rest.height) });

const sized = (place, factor) => {
  const [wide, high] = place.width ? [place.width * factor, place.height * factor] : [FIRST_BOX, FIRST_BOX];
  const { x, y } = middleOf(place);
  if (factor < 1 && Math.min(wide, high) < LEAST_BOX) return { ...CENTRE, x, y };
  const [width, height] = [Math.min(wide, 1), Math.min(high, 1)];
  return { x: within(x - width / 2, 1 - width), y: within(y - height / 2, 1 - height), width, height, belongs: true };
};

const markOf = (place, number) => {
  const mark = document.createElement("span");
  mark.className = `picker__mark picker__mark--${place.width ? "box" : number === 0 && place.belongs ? "tap" : place.belongs ? "yes" : "no"}`;
  Object.assign(mark.style, Object.fromEntries([["left", "x"], ["top", "y"], ["width", "width"], ["height", "height"]].map(([side, name]) => [side, `${100 * place[name]}%`])));
  return mark;
};

class SubjectPicker extends HTMLElement {
  connectedCallback() {
    this.photo = this.querySelector("[data-photo]");
    this.plane = this.querySelector("[data-plane]");
    this.marks = this.querySelector("[data-marks]");
    this.field = this.querySelector("[name=subject]");
    this.understood = new Understood(this);
    this.listen();
    new ResizeObserver(() => this.layOut()).observe(this.photo);
    this.photo.addEventListener("load", () => this.layOut());
    this.show(this.field.value ? this.field.value.split(",").map(read) : []);
    this.understood.ask(this.field.value);
  }

  listen() {
    this.plane.addEventListener("pointerdown", (event) => this.press(event));
    this.plane.addEventListener("pointermove", (event) => this.drag(event));
    this.plane.addEventListener("pointerup", (event) => this.release(event));
    this.plane.addEventListener("pointercancel", () => { this.start = null; });
    this.plane.addEventListener("keydown", (event) => this.key(event));
    this.plane.addEventListener("click", (event) => event.detail === 0 && this.enter());
    this.querySelector("[data-clear]").addEventListener("click", () => { this.choose([]); this.plane.focus(); });
    this.querySelector("[data-box]").addEventListener("click", ({ currentTarget }) => this.drawBoxes(currentTarget));
    for (const button of this.modes()) button.addEventListener("click", () => this.correct(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.mode));
  }

  modes() {
    return this.querySelectorAll("[data-mode]");
  }

  // What the next tap says: "add" or "not", else where the subject is.
  correct(mode) {
    this.mode = mode;
    this.isHeld = false;
    for (const button of this.modes()) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  }

  // The plane lies exactly on the photo, which is fitted into its own box.
  layOut() {
    const { offsetLeft, offsetTop, clientWidth, clientHeight } = this.photo;
    const scale = Math.min(clientWidth / this.photo.getAttribute("width"), clientHeight / this.photo.getAttribute("height"));
    const [width, height] = ["width", "height"].map((side) => this.photo.getAttribute(side) * scale);
    const left = offsetLeft + (clientWidth - width) / 2;
    const top = offsetTop + (clientHeight - height) / 2;
    Object.assign(this.plane.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  // A finger that moves scrolls the page, until it is asked to draw a box.
  drawBoxes(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    this.plane.classList.toggle("picker__plane--boxes", on);
  }

  at(event) {
    const box = this.plane.getBoundingClientRect();
    return { x: within((event.clientX - box.left) / box.width, 1), y: within((event.clientY - box.top) / box.height, 1) };
  }

  press(event) {
    if (event.button !== 0) return;
    this.start = { ...this.at(event), clientX: event.clientX, clientY: event.clientY };
    this.plane.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (this.start && this.isDrag(event)) this.show([this.boxTo(event)], this.places);
  }

  release(event) {
    if (!this.start) return;
    if (this.isDrag(event)) this.choose([this.boxTo(event)]);
    else if (this.mode) this.addCorrection(this.at(event));
    else this.choose([{ ...CENTRE, ...this.at(event) }]);
    this.start = null;
  }

  isDrag(event) {
    return !this.mode && Math.hypot(event.clientX - this.start.clientX, event.clientY - this.start.clientY) > DRAG;
  }

  boxTo(event) {
    const end = this.at(event);
    const [x, y] = [Math.min(this.start.x, end.x), Math.min(this.start.y, end.y)];
    return { x, y, width: Math.abs(this.start.x - end.x), height: Math.abs(this.start.y - end.y), belongs: true };
  }

  addCorrection({ x, y }) {
    if (this.places.length < MOST) this.choose([...this.places, { x, y, width: 0, height: 0, belongs: this.mode === "add" }]);
    else this.querySelector("[data-said]").textContent = this.dataset.most;
  }

  // Enter points at the middle first; with a correction under way it begins one, or sets it down.
  enter() {
    if (!this.mode) this.choose(this.places.length ? this.places : [CENTRE]);
    else if (!this.isHeld) this.addCorrection(middleOf(this.places.at(-1)));
    this.isHeld = Boolean(this.mode) && !this.isHeld;
  }

  key(event) {
    const [right, down] = MOVES[event.key] ?? [];
    if (CLEARS.includes(event.key)) this.choose([]);
    else if (right !== undefined) this.move(right, down);
    else if (["+", "=", "-"].includes(event.key)) this.size(event.key === "-" ? 1 / GROWTH : GROWTH);
    else return;
    event.preventDefault();
  }

  move(right, down) {
    if (this.mode && !this.isHeld) this.enter();
    if (this.places.length) this.changeLast((place) => moved(place, right, down));
    else this.choose([CENTRE]);
  }

  size(factor) {
    if (this.places.length > 1 || this.mode) return;
    const [place] = this.places.length ? this.places : [CENTRE];
    this.choose([factor > 1 || place.width ? sized(place, factor) : place]);
  }

  changeLast(change) {
    this.choose([...this.places.slice(0, -1), change(this.places.at(-1))]);
  }

  choose(places) {
    if (!places.length) this.correct("");
    this.show(places);
    this.field.value = places.map(written).join(",");
    this.say(places.at(-1), places.length);
    this.understood.ask(this.field.value);
  }

  // `places` are drawn; while a box is being drawn, those before it are still the chosen ones.
  show(places, chosen = places) {
    this.places = chosen;
    for (const part of this.querySelectorAll("[data-chosen]")) part.hidden = !chosen.length;
    this.marks.replaceChildren(...places.map(markOf));
    if (places !== chosen) this.understood.ask("");
  }

  say(place, count) {
    const words = place ? this.dataset[count > 1 ? (place.belongs ? "added" : "taken") : (place.width ? "boxed" : "tapped")] : this.dataset.nothing;
    this.querySelector("[data-said]").textContent = words.replace(/\{(x|y)\}/g, (_all, axis) => Math.round(100 * middleOf(place)[axis]));
  }
}

customElements.define("subject-picker", SubjectPicker);
