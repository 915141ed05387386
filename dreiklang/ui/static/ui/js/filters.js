// form[data-filters]: sends itself when a choice changes, and keeps empty fields out of the address bar.
// details[data-fold-on-phone]: open without this script; on a phone the list comes before its filters.
const PHONE = matchMedia("(max-width: 46rem)");

export function filters(root) {
  for (const fold of root.querySelectorAll("details[data-fold-on-phone]")) {
    if (fold.dataset.foldReady) continue;
    fold.dataset.foldReady = "1";
    if (PHONE.matches) fold.open = false;
  }
  for (const form of root.querySelectorAll("form[data-filters]")) {
    if (form.dataset.filtersReady) continue;
    form.dataset.filtersReady = "1";
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
    });
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
    });
  }
}
