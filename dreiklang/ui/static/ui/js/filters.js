// form[data-filters]: sends itself when a choice changes, and keeps empty fields out of the address bar.
export function filters(root) {
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
