// <button data-copy="text" data-copied="Kopiert">: copies the text and says so.
export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    if (button.dataset.copyReady) continue;
    button.dataset.copyReady = "1";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const said = button.textContent;
      button.textContent = button.dataset.copied || said;
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  }
}
