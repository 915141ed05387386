// <form data-guard>: asks before leaving with changes that were not sent.
let changed = false;

export function guardChanges(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    if (form.dataset.guardReady) continue;
    form.dataset.guardReady = "1";
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
  }
}

addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
