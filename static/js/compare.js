// <compare-slider>: moves the cut between photo and page along with its range input (mouse, touch and keys).

class CompareSlider extends HTMLElement {
  connectedCallback() {
    const range = this.querySelector("input[type=range]");
    range.addEventListener("input", () => this.style.setProperty("--at", `${range.value}%`));
  }
}

customElements.define("compare-slider", CompareSlider);
