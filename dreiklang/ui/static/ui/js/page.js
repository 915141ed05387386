// Every page loads this. Each module enhances what stands in the page and works without the others.
import { switchTheme } from "./switch-theme.js";
import { moreRows } from "./rows.js";
import { keepDrafts } from "./drafts.js";
import { countUndo } from "./undo.js";
import { guardChanges } from "./guard.js";
import { sendOnce } from "./once.js";
import { copyButtons } from "./copy.js";
import { filters } from "./filters.js";
import { showPlace } from "./rail.js";

for (const enhance of [switchTheme, moreRows, keepDrafts, countUndo, guardChanges, sendOnce, copyButtons, filters, showPlace]) {
  enhance(document);
  document.addEventListener("htmx:after:swap", () => enhance(document));
}

// Tests wait for this mark; nothing else reads it.
document.documentElement.dataset.ready = "1";
