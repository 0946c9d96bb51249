// <subject-picker>: points at what the photo was taken of, by a tap, a box or keys, and writes it into the form as shares of the photo.

const DRAG = 10; // px: a shorter move is a tap
const STEP = 0.04; // of the photo: an arrow key
const FIRST_BOX = 0.3; // of the photo: the box that grows out of a tap
const LEAST_BOX = 0.06; // of the photo: a smaller box becomes a tap again
const GROWTH = 1.2;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const CLEARS = ["Escape", "Delete", "Backspace"];

const within = (value, most) => Math.min(Math.max(value, 0), most);

class SubjectPicker extends HTMLElement {
  connectedCallback() {
    this.photo = this.querySelector("[data-photo]");
    this.plane = this.querySelector("[data-plane]");
    this.mark = this.querySelector("[data-mark]");
    this.field = this.querySelector("[name=subject]");
    this.listen();
    new ResizeObserver(() => this.layOut()).observe(this.photo);
    this.photo.addEventListener("load", () => this.layOut());
    const [x, y, width = 0, height = 0] = this.field.value.split(" ").map(Number);
    this.show(this.field.value ? { x, y, width, height } : null);
  }

  listen() {
    this.plane.addEventListener("pointerdown", (event) => this.press(event));
    this.plane.addEventListener("pointermove", (event) => this.drag(event));
    this.plane.addEventListener("pointerup", (event) => this.release(event));
    this.plane.addEventListener("pointercancel", () => { this.start = null; });
    this.plane.addEventListener("keydown", (event) => this.key(event));
    this.plane.addEventListener("click", (event) => event.detail === 0 && this.choose(this.place ?? { x: 0.5, y: 0.5, width: 0, height: 0 }));
    this.querySelector("[data-clear]").addEventListener("click", () => { this.choose(null); this.plane.focus(); });
    this.querySelector("[data-box]").addEventListener("click", ({ currentTarget }) => this.drawBoxes(currentTarget));
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
    if (!this.start || !this.isDrag(event)) return;
    this.show(this.boxTo(event));
  }

  release(event) {
    if (!this.start) return;
    this.choose(this.isDrag(event) ? this.boxTo(event) : { ...this.at(event), width: 0, height: 0 });
    this.start = null;
  }

  isDrag(event) {
    return Math.hypot(event.clientX - this.start.clientX, event.clientY - this.start.clientY) > DRAG;
  }

  boxTo(event) {
    const end = this.at(event);
    const [x, y] = [Math.min(this.start.x, end.x), Math.min(this.start.y, end.y)];
    return { x, y, width: Math.abs(this.start.x - end.x), height: Math.abs(this.start.y - end.y) };
  }

  key(event) {
    const place = this.place ?? { x: 0.5, y: 0.5, width: 0, height: 0 };
    const [right, down] = MOVES[event.key] ?? [];
    if (right !== undefined) this.choose(this.place ? this.moved(place, right, down) : place);
    else if (event.key === "+" || event.key === "=") this.choose(this.sized(place, GROWTH));
    else if (event.key === "-") this.choose(place.width ? this.sized(place, 1 / GROWTH) : place);
    else if (CLEARS.includes(event.key)) this.choose(null);
    else return;
    event.preventDefault();
  }

  moved({ x, y, width, height }, right, down) {
    return { x: within(x + right, 1 - width), y: within(y + down, 1 - height), width, height };
  }

  sized({ x, y, width, height }, factor) {
    const [wide, high] = width ? [width * factor, height * factor] : [FIRST_BOX, FIRST_BOX];
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    if (factor < 1 && Math.min(wide, high) < LEAST_BOX) return { x: middleX, y: middleY, width: 0, height: 0 };
    const [newWidth, newHeight] = [Math.min(wide, 1), Math.min(high, 1)];
    return { x: within(middleX - newWidth / 2, 1 - newWidth), y: within(middleY - newHeight / 2, 1 - newHeight), width: newWidth, height: newHeight };
  }

  choose(place) {
    this.show(place);
    const { x, y, width, height } = place ?? {};
    this.field.value = place ? (width && height ? [x, y, width, height] : [x, y]).map((share) => share.toFixed(4)).join(" ") : "";
    this.say(place);
  }

  show(place) {
    this.place = place;
    this.mark.hidden = !place;
    this.querySelector("[data-chosen]").hidden = !place;
    if (!place) return;
    const percent = (share) => `${100 * share}%`;
    this.mark.classList.toggle("picker__mark--box", place.width > 0);
    Object.assign(this.mark.style, { left: percent(place.x), top: percent(place.y), width: percent(place.width), height: percent(place.height) });
  }

  say(place) {
    const words = place ? (place.width ? this.dataset.boxed : this.dataset.tapped) : this.dataset.nothing;
    const middle = place && { x: place.x + place.width / 2, y: place.y + place.height / 2 };
    this.querySelector("[data-said]").textContent = words.replace(/\{(x|y)\}/g, (_all, axis) => Math.round(100 * middle[axis]));
  }
}

customElements.define("subject-picker", SubjectPicker);
