// The map in the city's own metres, its controls in German, and what keys and fingers do.
const UTM = (zone) => `+proj=utm +zone=${zone} +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs +type=crs`;
// A pixel of a screen as OGC counts it; so 1 : n means the same as in a WMS.
export const PIXEL_METRES = 0.00028;
const FINEST = 0.25;

export function createView({ canvas, config, state }) {
  proj4.defs("EPSG:25832", UTM(32));
  proj4.defs("EPSG:25833", UTM(33));
  ol.proj.proj4.register(proj4);
  const projection = `EPSG:${config.srid}`;
  const [west, south, east, north] = config.bounds;
  const margin = Math.max(east - west, north - south) * 0.04;
  const whole = [west - margin, south - margin, east + margin, north + margin];
  const reach = Math.max(east - west, north - south);
  const view = new ol.View({
    projection,
    center: ol.extent.getCenter(whole),
    extent: [west - reach, south - reach, east + reach, north + reach],
    showFullExtent: true,
    constrainOnlyCenter: true,
    enableRotation: false,
    minResolution: FINEST,
    maxResolution: (reach / 400) * 1.6,
  });
  const isTouch = matchMedia("(pointer: coarse)").matches;
  const map = new ol.Map({
    target: canvas,
    view,
    // A finger that wants to scroll the page must not catch on the map before it was touched.
    interactions: ol.interaction.defaults.defaults({ altShiftDragRotate: false, pinchRotate: false, onFocusOnly: isTouch, mouseWheelZoom: false }),
    controls: controls({ config, whole, canvas }),
    keyboardEventTarget: canvas,
  });
  // The wheel scrolls the page until somebody works on the map.
  map.addInteraction(new ol.interaction.MouseWheelZoom({
    condition: (event) => event.originalEvent.ctrlKey || canvas.contains(document.activeElement),
  }));
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  view.show = (wanted, extent) => {
    if (wanted.hasView) {
      view.setCenter(ol.proj.transform(wanted.center, "EPSG:4326", projection));
      view.setResolution(wanted.scale * PIXEL_METRES);
    } else {
      view.fit(extent, { size: map.getSize() });
    }
  };
  // Whether the whole city is shown as at first: then the address need not say where.
  view.isWhole = () => {
    const fit = view.getConstrainedResolution(view.getResolutionForExtent(whole, map.getSize()));
    const [x, y] = ol.extent.getCenter(whole);
    const [here, there] = view.getCenter();
    const near = 2 * view.getResolution();
    return Math.abs(view.getResolution() / fit - 1) < 0.01 && Math.abs(here - x) < near && Math.abs(there - y) < near;
  };
  // A frame that gets its size later, a turned phone, a sheet of paper: until somebody moves the map it fits anew.
  let placed = "";
  const where = () => [view.getCenter(), view.getResolution()].join();
  const place = () => { view.show(state, whole); placed = where(); };
  map.on("change:size", () => { if (!placed || where() === placed) place(); });
  if (map.getSize()) place();
  const fit = () => { map.updateSize(); map.renderSync(); };
  const paper = matchMedia("print");
  paper.addEventListener("change", () => {
    fit();
    // A sheet may get its width only after the page was set for paper; no size is told then, but this question is asked again.
    if (paper.matches) matchMedia(`(width: ${innerWidth}px)`).addEventListener("change", fit, { once: true });
  });
  labelled(canvas);
  return { map, view, whole };
}

function controls({ config, whole, canvas }) {
  const words = config.words;
  const home = document.createElement("span");
  home.className = "u-map__home";
  return [
    new ol.control.Zoom({ zoomInTipLabel: words.zoomIn, zoomOutTipLabel: words.zoomOut }),
    new ol.control.ZoomToExtent({ extent: whole, label: home, tipLabel: words.whole }),
    new ol.control.ScaleLine({ units: "metric", minWidth: 70 }),
    new ol.control.Attribution({ collapsible: false, tipLabel: words.attributions }),
  ];
}

// The buttons hold signs; what they do stands in their title, which not everybody is told.
function labelled(canvas) {
  for (const button of canvas.querySelectorAll("button[title]")) button.setAttribute("aria-label", button.title);
}
