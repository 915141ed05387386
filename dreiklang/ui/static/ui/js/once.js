// A form that was sent is not sent again by a double click. Coming back by the browser's button frees it,
// and so does time: an answer may be a download that leaves the page as it is.
const FREE_AFTER_MS = 4000;
const sent = new Set();
let listening = false;

export function sendOnce() {
  if (listening) return;
  listening = true;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), FREE_AFTER_MS);
  });
  window.addEventListener("pageshow", () => sent.clear());
}
