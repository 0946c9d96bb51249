// Examples that can be tapped: the idea is filled in, as if it had been typed.

const field = document.querySelector("textarea[name=prompt], textarea[name=topic]");

for (const example of document.querySelectorAll("[data-example]")) {
  example.addEventListener("click", () => {
    field.value = example.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
