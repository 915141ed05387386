// Runs before the first paint, so that a chosen dark page does not flash white. Not a module for that reason.
(function () {
  try {
    var chosen = localStorage.getItem("dreiklang-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.kernTheme = chosen;
  } catch (refused) { /* Storage is switched off: the system's choice stays. */ }
})();
