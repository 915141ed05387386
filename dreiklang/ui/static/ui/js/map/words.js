// What the server says beside the map (sentence, legend, lists without a place), asked anew when the address changes.
export function serverWords({ root, changed }) {
  let last = null;
  const parts = () => document.querySelectorAll("[data-map-part]");
  if (!parts().length) return { refresh() {} };

  const refresh = async () => {
    last?.abort();
    last = new AbortController();
    try {
      const answer = await fetch(location.href, { signal: last.signal, headers: { "X-Map-Words": "1" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts()) put(part, page.getElementById(part.id));
      // Buttons that copy are made ready like those of a page that was swapped in.
      document.dispatchEvent(new CustomEvent("htmx:after:swap"));
      changed();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  return { refresh };

  function put(part, anew) {
    if (!anew) return;
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const kept = [...part.querySelectorAll("[data-map-grounds]")];
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    part.replaceChildren(...anew.childNodes);
    // The choice of backgrounds is made by the script and has a life of its own.
    for (const own of part.querySelectorAll("[data-map-grounds]")) own.replaceWith(...kept);
    part.querySelectorAll("details").forEach((one, at) => { one.open = Boolean(open[at]); });
    if (focused?.value && focused.name) part.querySelector(`[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)?.focus();
  }
}
