// Drawing an area on the map: what is drawn becomes GeoJSON in the field below, which works without this script, too.
const DIGITS = 5;

function draw(root) {
  const said = document.getElementById("zeichen-grund");
  const field = document.getElementById("id_flaeche");
  if (!said || !field || typeof ol === "undefined") return;
  root.hidden = false;
  const format = new ol.format.GeoJSON({ featureProjection: "EPSG:3857" });
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const resolved = (name) => {
    // light-dark() and color-mix() are for style sheets: an element tells what they come to.
    const probe = document.createElement("span");
    probe.hidden = true;
    root.append(probe);
    probe.style.color = `var(${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found || colour(name);
  };
  const ink = resolved("--ink");
  const ground = new ol.source.Vector({ features: format.readFeatures(JSON.parse(said.textContent)) });
  const own = new ol.source.Vector();
  const districts = new ol.layer.Vector({
    source: ground,
    style: (feature) => new ol.style.Style({
      stroke: new ol.style.Stroke({ color: resolved("--edge"), width: 1 }),
      fill: new ol.style.Fill({ color: "rgba(128,128,128,0.08)" }),
      text: new ol.style.Text({ text: feature.get("name"), font: '12px "Fira Sans", sans-serif', fill: new ol.style.Fill({ color: ink }), stroke: new ol.style.Stroke({ color: resolved("--paper"), width: 3 }) }),
    }),
  });
  const drawn = new ol.layer.Vector({
    source: own,
    style: new ol.style.Style({ stroke: new ol.style.Stroke({ color: ink, width: 2.5 }), fill: new ol.style.Fill({ color: "rgba(11,85,99,0.35)" }) }),
  });
  const map = new ol.Map({ target: root.querySelector("[data-draw-map]"), layers: [districts, drawn], view: new ol.View({ maxZoom: 19 }) });
  if (!ground.isEmpty()) map.getView().fit(ground.getExtent(), { padding: [16, 16, 16, 16] });
  // A double click closes the area; it must not move the map away under it.
  for (const one of map.getInteractions().getArray().slice()) {
    if (one instanceof ol.interaction.DoubleClickZoom) map.removeInteraction(one);
  }
  const pen = new ol.interaction.Draw({ source: own, type: "Polygon" });
  map.addInteraction(pen);
  map.addInteraction(new ol.interaction.Modify({ source: own }));

  const status = root.querySelector("[data-draw-status]");
  const tell = () => {
    const [feature] = own.getFeatures();
    status.textContent = feature ? status.dataset.done : status.dataset.empty;
    if (feature) field.value = format.writeGeometry(feature.getGeometry(), { decimals: DIGITS, featureProjection: "EPSG:3857" });
  };
  // One area at a time: a new one takes the place of the old.
  pen.on("drawstart", () => own.clear());
  own.on("addfeature", tell);
  own.on("changefeature", tell);
  root.querySelector("[data-draw-undo]").addEventListener("click", () => pen.removeLastPoint());
  root.querySelector("[data-draw-clear]").addEventListener("click", () => {
    pen.abortDrawing();
    own.clear();
    field.value = "";
    tell();
  });
  try {
    if (field.value.trim().startsWith("{")) own.addFeature(new ol.Feature(format.readGeometry(field.value, { featureProjection: "EPSG:3857" })));
  } catch {
    // What stands in the field is no GeoJSON: the server says so.
  }
  tell();
}

for (const root of document.querySelectorAll("[data-draw]")) draw(root);
