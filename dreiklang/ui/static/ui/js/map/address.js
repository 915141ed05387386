// What the address bar holds: filters and layers, which the server reads, too, and the view and what is selected.
import { PIXEL_METRES } from "./view.js";

const FILTERS = ["aufgabe", "ziel", "thema", "phase"];

export function address(config) {
  const projection = `EPSG:${config.srid}`;
  const isBase = (id) => config.services.some((one) => one.id === id && one.isBase);
  const state = {
    year: null, layers: new Set(), filters: new Map(), center: null, scale: 0, hasView: false, selection: "",
    // Maps of others that are shown; those that only the address names; those that somebody chose here.
    ground: "", overlays: new Set(), offered: [], chosen: new Set(),

    read(search = location.search) {
      const params = new URLSearchParams(search);
      // What the server passes over is passed over here, too.
      const year = params.get("jahr") || "";
      const [earliest, latest] = config.yearSpan;
      state.year = /^\d{4}$/.test(year) && Number(year) >= earliest && Number(year) <= latest ? Number(year) : null;
      const asked = params.getAll("ebenen").join(",").split(",").filter(Boolean);
      const named = asked.filter((code) => config.layers.some((one) => one.code === code));
      const isChosen = params.has("ebenen") && (named.length > 0 || asked.length === 0);
      state.layers = new Set(isChosen ? named : config.layers.filter((one) => one.isUsual).map((one) => one.code));
      state.filters = new Map(FILTERS.filter((name) => params.get(name)).map((name) => [name, params.get(name)]));
      const [latitude, longitude] = (params.get("ort") || "").split(",").map(Number);
      state.scale = Number(params.get("massstab")) || 0;
      state.hasView = Number.isFinite(latitude) && Number.isFinite(longitude) && state.scale > 0;
      state.center = state.hasView ? [longitude, latitude] : null;
      state.selection = params.get("auswahl") || "";
      // An address from somebody else chooses nothing: its maps are offered. What was chosen stays with the page's history.
      state.chosen = new Set(history.state?.chosen || []);
      const maps = [params.get("grund"), ...(params.get("karten") || "").split(",")];
      const known = maps.filter((id) => config.services.some((one) => one.id === id));
      state.show(known.filter((id) => state.chosen.has(id)));
      state.offered = known.filter((id) => !state.chosen.has(id));
    },

    show(ids) {
      state.ground = ids.find(isBase) || "";
      state.overlays = new Set(ids.filter((id) => !isBase(id)));
    },

    shownAndOffered() {
      const [ground] = [state.ground, ...state.offered.filter(isBase)].filter(Boolean);
      return { ground: ground || "", overlays: [...state.overlays, ...state.offered.filter((id) => !isBase(id))] };
    },

    // The view, as the map shows it now.
    take(view) {
      const [longitude, latitude] = ol.proj.transform(view.getCenter(), projection, "EPSG:4326");
      state.center = [longitude, latitude];
      state.scale = Math.round(view.getResolution() / PIXEL_METRES);
      state.hasView = !view.isWhole();
    },

    // isStep: the back button comes back to what was before.
    write({ isStep = false } = {}) {
      const query = state.query();
      const target = location.pathname + (query && `?${query}`);
      const isSame = target === location.pathname + location.search;
      if (isSame && state.chosen.size === (history.state?.chosen || []).length) return;
      // In a frame the back button belongs to the page around it.
      history[isStep && !isSame && !config.isEmbedded ? "pushState" : "replaceState"](kept(), "", target);
      for (const link of document.querySelectorAll("a[data-map-carries]")) {
        link.href = link.pathname + (query && `?${query}`);
      }
    },

    query() {
      const params = new URLSearchParams(state.filters);
      if (state.year) params.set("jahr", state.year);
      const usual = config.layers.filter((one) => one.isUsual).map((one) => one.code);
      if (usual.join() !== codes().join()) params.set("ebenen", codes().join(","));
      if (state.hasView) {
        params.set("ort", state.center.slice().reverse().map((one) => one.toFixed(5)).join(","));
        params.set("massstab", state.scale);
      }
      if (state.selection) params.set("auswahl", state.selection);
      const { ground, overlays } = state.shownAndOffered();
      if (ground) params.set("grund", ground);
      if (overlays.length) params.set("karten", overlays.join(","));
      return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    },

    // A link of the page to the map under other filters: the view stays.
    follow(href) {
      const { layers, center, scale, hasView, ground, overlays, offered, chosen } = state;
      const there = new URL(href);
      state.read(there.search);
      Object.assign(state, { center, scale, hasView, ground, overlays, offered, chosen });
      if (!there.searchParams.has("ebenen")) state.layers = layers;
      history.pushState(kept(), "", location.pathname + (state.query() && `?${state.query()}`));
    },

    readForm(root) {
      state.filters = new Map();
      for (const name of FILTERS) {
        const field = root.querySelector(`[name=${name}]`);
        if (field?.value) state.filters.set(name, field.value);
      }
      state.layers = new Set([...root.querySelectorAll("[data-map-layer]:checked")].map((box) => box.value));
    },

    writeForm(root) {
      for (const name of FILTERS) {
        const field = root.querySelector(`[name=${name}]`);
        if (field) field.value = state.filters.get(name) || "";
      }
      for (const box of root.querySelectorAll("[data-map-layer]")) box.checked = state.layers.has(box.value);
    },
  };
  const kept = () => ({ chosen: [...state.chosen] });
  const codes = () => config.layers.map((one) => one.code).filter((code) => state.layers.has(code));
  state.read();
  return state;
}
