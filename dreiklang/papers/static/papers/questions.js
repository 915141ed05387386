// Depth opens while one answers: htmx fetches it, this fills in what a draft still knows of it.
// The draft restores the fields of the page by itself; those that are not there yet are filled once they come.
const form = document.querySelector("form[data-draft]");
const caller = form?.querySelector("[data-calls-depth]");
const kept = keptBefore();

function keptBefore() {
  try { return JSON.parse(localStorage.getItem(`dreiklang-draft:${form.dataset.draft}`)) || []; } catch { return []; }
}

function fill(section) {
  for (const [name, value, checked] of kept) {
    for (const field of section.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (checked === undefined && !field.value) field.value = value;
      else if (checked !== undefined && field.value === value && checked) field.checked = true;
    }
  }
}

if (caller && kept.length) {
  document.addEventListener("htmx:after:swap", () => {
    const section = document.getElementById("vertiefung");
    if (section) fill(section);
    kept.length = 0;
    // The draft itself now holds these fields, too.
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }, { once: true });
  // What a person would do: change a field. htmx listens once the page is complete.
  addEventListener("load", () => setTimeout(() => {
    caller.querySelector("input, textarea")?.dispatchEvent(new Event("change", { bubbles: true }));
  }));
}
