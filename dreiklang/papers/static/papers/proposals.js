// Verdicts without leaving the page: the same forms, sent in place. Keys count only while a proposal has the focus,
// so that they take nothing from a screen reader or from what somebody types. Without this file all works by pages.
const WAIT = 2000;
const PARTS = ["#vorschlaege-stand", "#vorschlaege", ".u-rail"];

const list = () => document.getElementById("vorschlaege");
const lines = () => [...document.querySelectorAll("[data-line]")];

async function renew(answer) {
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("vorschlaege")) throw new Error("signed out");
  for (const part of PARTS) {
    const fresh = page.querySelector(part);
    const old = document.querySelector(part);
    // Renewed inside where it speaks, so that a screen reader hears what changed.
    if (!fresh || !old) continue;
    const made = document.importNode(fresh, true);
    if (part === "#vorschlaege") old.replaceWith(made);
    else old.replaceChildren(...made.childNodes);
  }
  begin();
}

async function say(form, button) {
  const line = form.closest("[data-line]");
  const isUndo = button.value === "open";
  const next = isUndo ? line.id : (following(line) || line).id;
  const data = new FormData(form, button);
  for (const one of form.elements) one.disabled = true;
  try {
    await renew(await fetch(form.action, { method: "POST", body: data }));
  } catch {
    // Whatever went wrong, the page itself says it best.
    location.reload();
    return;
  }
  const target = document.getElementById(next) || lines()[0];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

function following(line) {
  const all = lines();
  const rest = all.slice(all.indexOf(line) + 1);
  return rest.find((one) => one.dataset.line === "open") || all.find((one) => one !== line && one.dataset.line === "open");
}

function move(line, step) {
  const all = lines();
  const target = all[all.indexOf(line) + step];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(".pp-form");
  if (!form || !event.submitter) return;
  event.preventDefault();
  say(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-line]");
  if (!line || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("textarea, input, select")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(line, event.key === "j" ? 1 : -1);
    return;
  }
  const button = line.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

function begin() {
  for (const one of document.querySelectorAll(".pp-keys")) one.hidden = false;
  for (const one of lines()) one.tabIndex = 0;
  if (list()?.dataset.waiting === undefined) return;
  setTimeout(async () => {
    try {
      await renew(await fetch(location.href));
    } catch {
      setTimeout(begin, 5 * WAIT);
    }
  }, WAIT);
}

begin();
