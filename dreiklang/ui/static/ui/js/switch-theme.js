// The button that changes between light and dark and remembers it in this browser.
const KEY = "dreiklang-theme";

function isDark() {
  const chosen = document.documentElement.dataset.kernTheme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function switchTheme(root) {
  for (const button of root.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    if (button.dataset.ready) continue;
    button.dataset.ready = "1";
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      document.documentElement.dataset.kernTheme = next;
      button.setAttribute("aria-pressed", String(next === "dark"));
      try { localStorage.setItem(KEY, next); } catch { /* kept for this page only */ }
    });
  }
}
