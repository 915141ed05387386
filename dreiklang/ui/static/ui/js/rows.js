// <div data-rows="prefix"> with a <template data-rows-empty> and a hidden <button data-rows-add>: one more
// row of a form without saving. Without this module the empty rows that the server gives remain.
function total(rows) {
  return rows.closest("form").elements[`${rows.dataset.rows}-TOTAL_FORMS`];
}

function add(rows) {
  const count = total(rows);
  const row = rows.querySelector("template[data-rows-empty]").content.firstElementChild.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll("__prefix__", count.value);
  }
  rows.querySelector("[data-rows-add]").closest("[data-rows-foot]").before(row);
  count.value = Number(count.value) + 1;
  return row;
}

// A draft may know more rows than the page.
export function growRows(form, names) {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const numbers = names.map((name) => name.match(`^${rows.dataset.rows}-(\\d+)-`)).filter(Boolean).map((found) => Number(found[1]));
    const most = Math.min(Math.max(-1, ...numbers) + 1, 1000);
    while (Number(total(rows).value) < most) add(rows);
  }
}

export function moreRows(root) {
  for (const rows of root.querySelectorAll("[data-rows]")) {
    const button = rows.querySelector("[data-rows-add]");
    if (!button || !button.hidden) continue;
    button.hidden = false;
    for (const hint of rows.querySelectorAll("[data-rows-hint]")) hint.hidden = true;
    button.addEventListener("click", () => add(rows).querySelector("input:not([type=hidden]), select, textarea")?.focus());
  }
}
