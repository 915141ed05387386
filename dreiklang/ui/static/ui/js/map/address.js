// What the address bar holds: filters and layers, which the server reads, too, and the view and what is selected.
import { PIXEL_METRES } from "./view.js";

const FILTERS = ["aufgabe", "ziel", "thema", "phase"];

export function address(config) {
  const projection = `EPSG:${config.srid}`;
  const state = {
    year: null, layers: new Set(), filters: new Map(), center: null, scale: 0, hasView: false, selection: "", ground: "", overlays: new Set(),

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
      state.ground = params.get("grund") || "";
      state.overlays = new Set((params.get("karten") || "").split(",").filter(Boolean));
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
      if (target === location.pathname + location.search) return;
      // In a frame the back button belongs to the page around it.
      history[isStep && !config.isEmbedded ? "pushState" : "replaceState"](null, "", target);
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
      if (state.ground) params.set("grund", state.ground);
      if (state.overlays.size) params.set("karten", [...state.overlays].join(","));
      return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    },

    // A link of the page to the map under other filters: the view stays.
    follow(href) {
      const { layers, center, scale, hasView, ground, overlays } = state;
      const there = new URL(href);
      state.read(there.search);
      Object.assign(state, { center, scale, hasView, ground, overlays });
      if (!there.searchParams.has("ebenen")) state.layers = layers;
      history.pushState(null, "", location.pathname + (state.query() && `?${state.query()}`));
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
  const codes = () => config.layers.map((one) => one.code).filter((code) => state.layers.has(code));
  state.read();
  return state;
}
