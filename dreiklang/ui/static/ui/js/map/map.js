// The thematic map. The server says what there is (a block of JSON, the layers' data, the words beside the map); this
// draws it. Nothing here knows a layer by name. Everything the canvas shows stands in the list "Im Ausschnitt", too.
import { createView } from "./view.js";
import { grounds } from "./grounds.js";
import { dataLayers } from "./layers.js";
import { signs } from "./signs.js";
import { listInView } from "./list.js";
import { card } from "./card.js";
import { yearSlider } from "./years.js";
import { address } from "./address.js";
import { serverWords } from "./words.js";

const SLOW_MS = 600;
const root = document.querySelector("[data-map]");
if (root && window.ol) start(root);

function start(root) {
  const config = JSON.parse(document.getElementById("karte-angaben").textContent);
  const find = (name) => root.querySelector(`[data-map-${name}]`);
  const canvas = find("canvas");
  const early = earlyPicture(canvas);
  const state = address(config);
  const look = signs(root);
  const { map, view, whole } = createView({ canvas, config, state });
  const status = find("status");
  const say = (text) => { status.textContent = text; };
  const failed = () => say(config.words.failed);
  const layers = dataLayers({ map, view, config, look, state, failed, refined: () => list.refresh() });
  // Data that come at once need no words.
  const load = async () => {
    const waiting = setTimeout(() => say(config.words.loading), SLOW_MS);
    say("");
    await layers.load();
    clearTimeout(waiting);
    if (status.textContent === config.words.loading) say("");
    list.refresh();
  };
  const under = grounds({ map, config, state, holder: find("grounds"), offer: find("offer"), say, changed: () => { layers.redraw(); state.write({ isStep: true }); } });
  const list = listInView({ root, map, view, config, layers, pick: (key) => shown.open(key, { isFocused: true }) });
  const shown = card({
    element: find("card"),
    config,
    selected: (key, options) => {
      state.selection = key;
      layers.select(key, options);
      list.mark(key);
    },
    failed,
    // The card takes room from the list, so what is selected is brought into view again.
    shown: (key, areas) => { layers.showAreas(areas); list.mark(key); },
    closed: (key) => list.focus(key) || canvas.focus({ preventScroll: true }),
    changed: () => state.write({ isStep: true }),
  });
  const words = serverWords({ root, changed: () => list.refresh() });
  const years = yearSlider({
    root,
    config,
    state,
    changed: ({ isDone }) => {
      layers.redraw();
      list.refresh();
      if (isDone) { state.write({ isStep: true }); words.refresh(); }
    },
  });

  map.on("singleclick", (event) => {
    const hit = layers.at(event.pixel);
    if (hit?.cluster) layers.comeNearer(hit.cluster);
    else if (hit) shown.open(hit.key, { isFocused: false });
    else shown.close({ isQuiet: true });
  });
  map.on("pointermove", (event) => {
    const hit = event.dragging ? null : layers.at(event.pixel);
    canvas.classList.toggle("u-map__canvas--hit", Boolean(hit));
    layers.point(hit?.key || "");
  });
  map.on("moveend", () => { state.take(view); layers.moved(); list.refresh(); state.write(); });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.selection) { event.preventDefault(); shown.close({}); }
  });

  // Filters and layers: the address first, then data and words by it.
  const ask = () => { load(); words.refresh(); };
  root.addEventListener("change", (event) => {
    if (!event.target.matches("[data-map-filters] select, [data-map-layer]")) return;
    state.readForm(root);
    state.write({ isStep: true });
    ask();
  });
  root.querySelector("[data-map-filters]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    state.readForm(root);
    state.write({ isStep: true });
    ask();
  });
  const go = () => {
    state.read();
    state.writeForm(root);
    years?.show();
    under.show();
    view.show(state, whole);
    ask();
    layers.redraw();
    if (state.selection) shown.open(state.selection, { isFocused: false, isKept: true });
    else shown.close({ isQuiet: true, isKept: true });
  };
  addEventListener("popstate", go);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-map-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.follow(link.href);
    go();
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map-show]");
    if (!button) return;
    canvas.scrollIntoView({ block: "center" });
    shown.open(button.dataset.mapShow, { isFocused: true });
  });
  find("embed")?.addEventListener("toggle", () => words.refresh(), true);

  load().then(() => {
    early.remove();
    if (state.selection) shown.open(state.selection, { isFocused: false, isKept: true, isFound: !state.hasView });
    canvas.dataset.mapDrawn = "1";
  });
  // In front of slow data there is something to look at at once.
  find("inview")?.removeAttribute("hidden");
  look.whenChanged(() => { layers.redraw(); map.renderSync(); });
}

// The canvas replaces the picture for those without a script. Where the data are slow, it is shown until they are there.
function earlyPicture(canvas) {
  const words = new DOMParser().parseFromString(canvas.querySelector("noscript")?.textContent || "", "text/html");
  const picture = words.querySelector("img");
  canvas.replaceChildren();
  const waiting = setTimeout(() => {
    if (!picture) return;
    picture.classList.add("u-map__drawn--early");
    canvas.prepend(picture);
  }, SLOW_MS);
  return { remove() { clearTimeout(waiting); picture?.remove(); } };
}
