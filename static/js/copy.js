// A button that copies the read-only field beside it, and says so. Without this script the field can be copied by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  const field = place.querySelector("input, textarea");
  const button = place.querySelector("[data-copy-button]");
  const done = place.querySelector("[data-copy-done]");
  field.addEventListener("focus", () => field.select());
  if (field.autofocus) field.select();
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // plain http on a home network knows no clipboard
    }
    done.textContent = done.dataset.words;
  });
}
