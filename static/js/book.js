// <book-pages>: pages are dragged by their handles, with a mouse or a finger; the form then saves the order. Keys: its buttons.

class BookPages extends HTMLElement {
  connectedCallback() {
    for (const handle of this.querySelectorAll("[data-handle]")) handle.hidden = false;
    this.addEventListener("pointerdown", (event) => this.take(event));
    this.addEventListener("pointermove", (event) => this.carry(event));
    this.addEventListener("pointerup", () => this.drop());
    this.addEventListener("pointercancel", () => this.drop());
  }

  take(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    this.page = handle.closest("[data-page]");
    this.page.classList.add("is-moved");
    this.before = this.order();
  }

  carry(event) {
    if (!this.page) return;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-page]");
    if (!under || under === this.page || !this.contains(under)) return;
    const isLater = this.page.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
    under[isLater ? "after" : "before"](this.page);
  }

  drop() {
    if (!this.page) return;
    this.page.classList.remove("is-moved");
    this.page = null;
    if (this.order() !== this.before) this.closest("form").requestSubmit(this.closest("form").querySelector("[data-save]"));
  }

  order() {
    return [...this.querySelectorAll("[name=order]")].map((one) => one.value).join();
  }
}

customElements.define("book-pages", BookPages);
