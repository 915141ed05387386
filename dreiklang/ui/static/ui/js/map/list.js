// "Im Ausschnitt": everything the canvas shows, as a list that keys can walk, tied both ways to the map.
const MOST = 60;

export function listInView({ root, map, view, config, layers, pick }) {
  const list = root.querySelector("[data-map-list]");
  if (!list) return { refresh() {}, mark() {}, focus: () => false };
  const count = root.querySelector("[data-map-count]");
  const more = root.querySelector("[data-map-more]");
  let current = "";
  let waiting = 0;

  const buttons = () => [...list.querySelectorAll("button")];
  const keyOf = (button) => button.dataset.key;

  const draw = () => {
    if (!layers.isReady()) return;
    const extent = view.calculateExtent(map.getSize());
    const found = layers.inside(extent);
    const held = list.contains(document.activeElement) ? keyOf(document.activeElement) : "";
    list.replaceChildren(...found.slice(0, MOST).map(line));
    const left = found.length - MOST;
    count.textContent = found.length ? said(found.length) : config.words.noneInView;
    more.textContent = left > 0 ? config.words.more.replace("%(n)s", left.toLocaleString(document.documentElement.lang)) : "";
    mark(current);
    rove(held);
    if (held) (button(held) || buttons()[0])?.focus({ preventScroll: true });
    list.removeAttribute("aria-busy");
  };
  const said = (number) => (number === 1 ? config.words.oneInView : config.words.inView.replace("%(n)s", number.toLocaleString(document.documentElement.lang)));

  const line = ({ key, title, number, sign, isInternal }) => {
    const item = document.createElement("li");
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.key = key;
    made.tabIndex = -1;
    made.className = "u-map__item";
    const shape = root.querySelector(`.u-map__signs .u-shape--${sign?.tone}`);
    if (shape) made.append(shape.cloneNode(true));
    const words = document.createElement("span");
    words.append(text("u-map__number", number), " ", text("u-map__title", title));
    const note = [sign?.label, isInternal ? config.words.internal : ""].filter(Boolean).join(" · ");
    if (note) words.append(text("u-map__note", note));
    made.append(words);
    item.append(made);
    return item;
  };
  const text = (name, content) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = content;
    return span;
  };

  const button = (key) => buttons().find((one) => keyOf(one) === key);
  // One stop for Tab, arrows inside.
  const rove = (key) => {
    const all = buttons();
    const stop = button(key) || button(current) || all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  };
  const mark = (key) => {
    current = key;
    for (const one of buttons()) {
      if (keyOf(one) === key) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    const chosen = button(key);
    // Inside the list only: scrollIntoView would move the page under the reader's finger.
    if (chosen) list.scrollTop = Math.min(Math.max(list.scrollTop, chosen.offsetTop + chosen.offsetHeight - list.clientHeight), chosen.offsetTop);
    rove(key);
  };

  list.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    all[Math.min(Math.max(to, 0), all.length - 1)].focus();
  });
  list.addEventListener("focusin", (event) => {
    if (!event.target.dataset.key) return;
    layers.point(keyOf(event.target));
    rove(keyOf(event.target));
  });
  list.addEventListener("focusout", () => layers.point(""));
  list.addEventListener("pointerover", (event) => {
    const over = event.target.closest("button");
    if (over) layers.point(keyOf(over));
  });
  list.addEventListener("pointerleave", () => layers.point(""));
  list.addEventListener("click", (event) => {
    const clicked = event.target.closest("button");
    if (clicked) pick(keyOf(clicked));
  });

  return {
    // While the map moves the list waits; what is read out must stand still.
    refresh() {
      list.setAttribute("aria-busy", "true");
      clearTimeout(waiting);
      waiting = setTimeout(draw, 120);
    },
    mark,
    focus(key) {
      const found = button(key) || buttons()[0];
      found?.focus();
      return Boolean(found);
    },
  };
}
