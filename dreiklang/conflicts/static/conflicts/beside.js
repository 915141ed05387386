// The panel beside a form is sent with every pause in typing: of files only a place goes along, and only a small one.
const LARGEST = 1024 * 1024;

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, request } = event.detail.ctx;
  if (sourceElement?.id !== "nebenan" || !(request.body instanceof FormData)) return;
  for (const [name, value] of [...request.body.entries()]) {
    if (value instanceof File && (name !== "place_file" || value.size > LARGEST)) request.body.delete(name);
  }
});
