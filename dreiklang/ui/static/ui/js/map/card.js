// The short card of what is selected: the server's words, fetched by the layer's own address.
export function card({ element, config, selected, shown, closed, changed, failed }) {
  let current = "";
  let last = null;

  const open = async (key, { isFocused, isKept = false, isFound = false }) => {
    const [code, ...rest] = key.split(":");
    const layer = config.layers.find((one) => one.code === code);
    if (!layer) return;
    current = key;
    selected(key, { isFound });
    if (!isKept) changed();
    last?.abort();
    last = new AbortController();
    try {
      const path = rest.join(":").split("/").map(encodeURIComponent).join("/");
      const answer = await fetch(`${layer.card}${path}/`, { signal: last.signal, credentials: config.isEmbedded ? "omit" : "same-origin" });
      if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
      element.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") failed();
      return;
    }
    element.hidden = false;
    shown(key, JSON.parse(element.querySelector("[data-map-areas]")?.dataset.mapAreas || "[]"));
    for (const link of element.querySelectorAll("a[data-map-leave]")) if (config.isEmbedded) { link.target = "_blank"; link.rel = "noopener"; }
    element.querySelector("[data-map-close]")?.addEventListener("click", () => close({}));
    if (isFocused) element.focus();
  };

  const close = ({ isQuiet = false, isKept = false }) => {
    if (!current) return;
    const key = current;
    current = "";
    last?.abort();
    element.hidden = true;
    element.replaceChildren();
    selected("");
    shown("", []);
    if (!isKept) changed();
    if (!isQuiet) closed(key);
  };
  return { open, close };
}
