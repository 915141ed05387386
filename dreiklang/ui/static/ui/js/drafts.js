// <form data-draft="key">: keeps what is typed in this browser until it is saved.
// The server clears it by rendering <meta name="draft-saved" content="key"> (or an element with
// data-draft-saved="key") on the page after saving.
import { growRows } from "./rows.js";

const PREFIX = "dreiklang-draft:";
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

function store(action) {
  try { return action(localStorage); } catch { return null; }
}

function fields(form) {
  // The version travels along: a draft on top of an older version must not overwrite a newer one unseen.
  return [...form.elements].filter((f) => f.name && (f.name === "version" || !SKIPPED.has(f.type)));
}

function read(form) {
  return fields(form).map((f) => (f.type === "checkbox" || f.type === "radio" ? [f.name, f.value, f.checked] : [f.name, f.value]));
}

function write(form, draft) {
  growRows(form, draft.map(([name]) => name));
  const left = [...fields(form)];
  for (const [name, value, checked] of draft) {
    const at = left.findIndex((f) => f.name === name && (checked === undefined || f.value === value));
    if (at < 0) continue;
    const [field] = left.splice(at, 1);
    if (checked === undefined) field.value = value;
    else field.checked = checked;
  }
  return left;
}

// Rows that were added since: what the page did not have before is empty again.
function clear(left) {
  for (const field of left) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else if (field.name !== "version") field.value = "";
  }
}

function notice(form, key, start) {
  const template = document.querySelector("template[data-draft-notice]");
  if (!template) return;
  const box = template.content.firstElementChild.cloneNode(true);
  box.querySelector("[data-draft-discard]").addEventListener("click", () => {
    store((s) => s.removeItem(PREFIX + key));
    clear(write(form, start));
    box.remove();
  });
  form.prepend(box);
}

export function keepDrafts(root) {
  for (const saved of root.querySelectorAll("[data-draft-saved], meta[name=draft-saved]")) {
    store((s) => s.removeItem(PREFIX + (saved.dataset.draftSaved || saved.content)));
  }
  for (const form of root.querySelectorAll("form[data-draft]")) {
    if (form.dataset.draftReady) continue;
    form.dataset.draftReady = "1";
    const key = form.dataset.draft;
    const start = read(form);
    // What came back from the server is what was typed last.
    if ("draftTyped" in form.dataset) store((s) => s.setItem(PREFIX + key, JSON.stringify(start)));
    const kept = store((s) => JSON.parse(s.getItem(PREFIX + key)));
    if (kept && JSON.stringify(kept) !== JSON.stringify(start)) {
      write(form, kept);
      notice(form, key, start);
    }
    form.addEventListener("input", () => store((s) => s.setItem(PREFIX + key, JSON.stringify(read(form)))));
    form.addEventListener("change", () => store((s) => s.setItem(PREFIX + key, JSON.stringify(read(form)))));
  }
}
