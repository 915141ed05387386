// The city's own layers: data by the layers' addresses, drawn as marks with their outlines, as outlines, or as ground.
import { geometry, mark } from "./shapes.js";
import { styles } from "./styles.js";

const NEAR_PIXELS = 20;
const TOUCH_PIXELS = 7;
// The first picture shows the whole city; whoever comes nearer gets the shapes of that part again, finer.
const FIRST_PIXELS = 700;
const ROW = { key: 0, title: 1, state: 2, stage: 3, first: 4, last: 5, internal: 6 };

export function dataLayers({ map, view, config, look, state, failed, refined }) {
  const draw = styles({ look, config });
  const isQuiet = matchMedia("(prefers-reduced-motion: reduce)");
  const frame = { origin: config.origin };
  const [west, south, east, north] = config.bounds;
  const first = Math.max(east - west, north - south) / FIRST_PIXELS;
  const touches = (feature) => {
    if (!state.year) return true;
    const [from, to] = [feature.get("first"), feature.get("last")];
    if (from === null && to === null) return feature.get("isTimeless");
    return (from === null || from <= state.year) && (to === null || to >= state.year);
  };
  const all = config.layers.map((layer, at) => made(layer, at));
  const over = new ol.source.Vector();
  map.addLayer(new ol.layer.Vector({ source: over, zIndex: 90, style: (feature) => draw.chosen(feature, feature.get("isSelected")) }));
  // Districts lie below the marks, so that their numbers can be read.
  const below = new ol.source.Vector();
  map.addLayer(new ol.layer.Vector({ source: below, zIndex: 45, style: () => draw.area() }));
  let selected = "";
  let pointed = "";
  let areas = [];
  let isReady = false;

  function made(layer, at) {
    const marks = new ol.source.Vector();
    const shapes = new ol.source.Vector();
    const ranks = { ground: 10, areas: 20, marks: 30 };
    const shapeLayer = new ol.layer.Vector({
      source: shapes,
      zIndex: ranks[layer.drawing] + at,
      declutter: layer.drawing === "ground",
      style: (feature, resolution) => (touches(feature) ? draw[layer.drawing](feature, resolution, isOverMap()) : null),
    });
    const cluster = new ol.source.Cluster({
      source: marks,
      distance: NEAR_PIXELS,
      geometryFunction: (feature) => (touches(feature) ? feature.getGeometry() : null),
    });
    // Marks are never left out, but names of districts make room for them.
    const markLayer = new ol.layer.Vector({ source: cluster, zIndex: 50 + at, declutter: true, style: (feature) => draw.mark(feature) });
    map.addLayer(shapeLayer);
    if (layer.drawing === "marks") map.addLayer(markLayer);
    return { ...layer, marks, shapes, cluster, shapeLayer, markLayer, features: new Map(), asked: null, detail: null };
  }

  const isOverMap = () => Boolean(state.ground);
  const filters = (layer) => (layer.drawing === "ground" ? new URLSearchParams() : new URLSearchParams(state.filters));
  const fetched = async (layer, params) => {
    const answer = await fetch(`${layer.data}?${params}`, { credentials: config.isEmbedded ? "omit" : "same-origin" });
    if (!answer.ok) throw new Error(`${layer.data}: ${answer.status}`);
    return answer.json();
  };

  async function load() {
    const work = all.map(async (layer) => {
      const isOn = state.layers.has(layer.code);
      layer.shapeLayer.setVisible(isOn);
      layer.markLayer.setVisible(isOn);
      const wanted = filters(layer).toString();
      if (!isOn || layer.asked === wanted) return;
      layer.asked = wanted;
      const params = filters(layer);
      params.set("aufloesung", first.toFixed(1));
      try {
        const found = await fetched(layer, params);
        // Somebody may have changed the filter meanwhile.
        if (layer.asked === wanted) fill(layer, found);
      } catch {
        // Whoever asks again gets another try.
        if (layer.asked === wanted) layer.asked = null;
        failed();
      }
    });
    await Promise.all(work);
    isReady = true;
    refreshChosen();
    moved();
  }

  function fill(layer, { rows, shapes, step }) {
    layer.features = new Map();
    layer.detail = null;
    for (const row of rows) {
      const place = mark(row, { ...frame, step });
      const feature = new ol.Feature({
        geometry: new ol.geom.Point(place),
        layer,
        key: `${layer.code}:${row[ROW.key]}`,
        number: row[ROW.key],
        title: row[ROW.title],
        state: row[ROW.state],
        first: row[ROW.first],
        last: row[ROW.last],
        isInternal: Boolean(row[ROW.internal]),
        isTimeless: layer.drawing === "ground",
      });
      layer.features.set(row[ROW.key], feature);
    }
    layer.marks.clear(true);
    layer.marks.addFeatures([...layer.features.values()]);
    layer.shapes.clear(true);
    put(layer, shapes, step);
  }

  // Shapes in place of coarser ones.
  function put(layer, shapes, step) {
    for (const [key, shape] of Object.entries(shapes)) {
      const of = layer.features.get(key);
      if (!of) continue;
      const drawn = geometry(shape, { ...frame, step });
      const known = of.get("shape");
      if (known && layer.shapes.hasFeature(known)) { known.setGeometry(drawn); continue; }
      const feature = new ol.Feature({ ...of.getProperties(), geometry: drawn, place: of.getGeometry() });
      of.set("shape", feature, true);
      layer.shapes.addFeature(feature);
    }
  }

  // Nearer than the first picture: finer shapes of this part and its surroundings.
  async function moved() {
    const resolution = view.getResolution();
    if (!(resolution < first / 1.5)) return;
    const extent = view.calculateExtent(map.getSize());
    for (const layer of all.filter((one) => state.layers.has(one.code) && one.features.size)) {
      const known = layer.detail;
      if (known && known.resolution <= resolution * 1.5 && ol.extent.containsExtent(known.extent, extent)) continue;
      const around = ol.extent.buffer(extent, ol.extent.getWidth(extent) / 3);
      layer.detail = { resolution, extent: around };
      const params = filters(layer);
      params.set("aufloesung", resolution.toFixed(2));
      params.set("ausschnitt", around.map((edge) => Math.round(edge)).join(","));
      const detail = layer.detail;
      fetched(layer, params).then(({ shapes, step }) => {
        // Of two answers the later question counts.
        if (layer.detail === detail) put(layer, shapes, step);
        refined();
      }).catch(() => { if (layer.detail === detail) layer.detail = null; failed(); });
    }
  }

  const on = () => all.filter((layer) => state.layers.has(layer.code) && layer.drawing !== "ground");
  const featureOf = (key) => {
    const [code, ...rest] = key.split(":");
    return all.find((layer) => layer.code === code)?.features.get(rest.join(":"));
  };

  function inside(extent) {
    const found = [];
    for (const layer of on()) {
      for (const feature of layer.features.values()) {
        const shape = layer.drawing === "areas" ? feature.get("shape") : null;
        const bounds = (shape || feature).getGeometry().getExtent();
        if (touches(feature) && ol.extent.intersects(extent, bounds)) found.push(lineOf(feature));
      }
    }
    return found;
  }

  function lineOf(feature) {
    const layer = feature.get("layer");
    return {
      key: feature.get("key"),
      number: feature.get("number"),
      title: feature.get("title"),
      sign: layer.signs[feature.get("state")],
      isInternal: feature.get("isInternal"),
    };
  }

  function at(pixel) {
    let found = null;
    const layers = new Set(on().flatMap((layer) => [layer.markLayer, layer.shapeLayer]));
    map.forEachFeatureAtPixel(pixel, (feature) => {
      const several = feature.get("features");
      if (several?.length > 1) found = { cluster: several };
      else found = { key: (several ? several[0] : feature).get("key") };
      return true;
    }, { hitTolerance: TOUCH_PIXELS, layerFilter: (layer) => layers.has(layer) });
    return found;
  }

  function refreshChosen() {
    over.clear(true);
    below.clear(true);
    for (const shape of shapesOfAreas()) below.addFeature(new ol.Feature({ geometry: shape }));
    below.changed();
    for (const [key, isSelected] of [[pointed, false], [selected, true]]) {
      const feature = key && featureOf(key);
      if (!feature || (key === pointed && pointed === selected && !isSelected)) continue;
      const copy = new ol.Feature({ ...feature.getProperties(), isSelected });
      over.addFeature(copy);
    }
    over.changed();
  }

  function shapesOfAreas() {
    const ground = all.filter((layer) => layer.drawing === "ground").flatMap((layer) => [...layer.features.values()]);
    return ground.filter((one) => areas.includes(one.get("title")) && one.get("shape")).map((one) => one.get("shape").getGeometry());
  }

  const duration = () => (isQuiet.matches ? 0 : 250);
  return {
    load,
    // Before the first answer nobody knows whether there is anything.
    isReady: () => isReady,
    moved,
    inside,
    at,
    redraw() {
      draw.forget();
      for (const layer of all) { layer.cluster.refresh(); layer.shapes.changed(); }
      refreshChosen();
    },
    point(key) {
      if (key === pointed) return;
      pointed = key;
      refreshChosen();
    },
    // isFound: nobody looked there yet, so the map goes there.
    select(key, { isFound = false } = {}) {
      selected = key;
      refreshChosen();
      const feature = key && featureOf(key);
      if (!feature) return;
      const place = (feature.get("shape") || feature).getGeometry().getExtent();
      if (isFound) view.fit(place, { padding: [60, 60, 60, 60], minResolution: Math.min(first / 3, 6), duration: 0 });
      else if (!ol.extent.intersects(view.calculateExtent(map.getSize()), place)) view.animate({ center: ol.extent.getCenter(place), duration: duration() });
    },
    // What has no place of its own is shown by the names of its districts.
    showAreas(names) {
      areas = names;
      refreshChosen();
      const shapes = shapesOfAreas();
      if (!shapes.length) return;
      const extent = ol.extent.createEmpty();
      for (const one of shapes) ol.extent.extend(extent, one.getExtent());
      if (!ol.extent.intersects(view.calculateExtent(map.getSize()), extent)) view.fit(extent, { padding: [40, 40, 40, 40], duration: duration() });
    },
    comeNearer(features) {
      const extent = ol.extent.createEmpty();
      for (const one of features) ol.extent.extend(extent, one.getGeometry().getExtent());
      view.fit(extent, { padding: [70, 70, 70, 70], minResolution: view.getResolution() / 6, duration: duration() });
    },
  };
}
