// What lies under and over the city's own layers: WMS and WMTS of the city. Without a network the districts are ground.
export function grounds({ map, config, state, holder, say, changed }) {
  const known = new Map(config.services.map((service) => [service.id, { service, layer: null }]));
  const show = () => {
    for (const [id, entry] of known) {
      const isOn = entry.service.isBase ? state.ground === id : state.overlays.has(id);
      if (isOn && !entry.layer) {
        entry.layer = layerOf(entry.service, { failed: () => say(config.words.serviceFailed.replace("%(title)s", entry.service.title)), projection: `EPSG:${config.srid}` });
        entry.layer.setZIndex(entry.service.isBase ? 0 : 5);
        map.addLayer(entry.layer);
      }
      entry.layer?.setVisible(isOn);
    }
    map.render();
  };
  own(map, config);
  if (state.ground && !known.has(state.ground)) state.ground = "";
  const offer = () => holder && known.size && choices({ holder, known, config, state });
  holder?.addEventListener("change", (event) => {
    const { type, value, checked } = event.target;
    if (type === "radio") state.ground = value;
    else if (checked) state.overlays.add(value);
    else state.overlays.delete(value);
    say("");
    show();
    changed();
  });
  const again = () => { offer(); show(); };
  again();
  return { show: again };
}

function layerOf(service, { failed, projection }) {
  const attributions = credit(service);
  const source = service.kind === "wmts" ? tiles(service, attributions) : pictures(service, attributions, projection);
  source.on(service.kind === "wmts" ? "tileloaderror" : "imageloaderror", failed);
  const Layer = service.kind === "wmts" ? ol.layer.Tile : ol.layer.Image;
  return new Layer({ source, className: "u-map__foreign" });
}

// One picture of the window instead of many tiles: names are not cut, and the service is asked once a move.
function pictures(service, attributions, projection) {
  const crs = service.systems.includes(projection) ? projection : service.crs;
  return new ol.source.ImageWMS({
    url: service.url,
    params: { LAYERS: service.layers.join(","), FORMAT: service.format, VERSION: service.version || "1.3.0", TRANSPARENT: !service.isBase },
    projection: crs,
    ratio: 1.1,
    attributions,
  });
}

function tiles(service, attributions) {
  const { grid } = service;
  return new ol.source.WMTS({
    url: service.url,
    requestEncoding: service.isTemplate ? "REST" : "KVP",
    layer: service.layers[0],
    style: service.style,
    format: service.format,
    matrixSet: grid.set,
    projection: service.crs,
    attributions,
    tileGrid: new ol.tilegrid.WMTS({
      matrixIds: grid.ids, resolutions: grid.resolutions, origins: grid.origins, tileSizes: grid.tileSizes, sizes: grid.sizes,
    }),
  });
}

// The library writes attributions as HTML: what a service calls itself is text and stays text.
function credit(service) {
  const words = escaped(service.attribution || service.title);
  return /^https?:\/\//.test(service.attributionUrl || "") ? `<a href="${escaped(service.attributionUrl)}" rel="noopener">${words}</a>` : words;
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML.replaceAll('"', "&quot;");
}

// Where the borders come from stands on the map as well.
function own(map, config) {
  if (!config.attribution) return;
  map.addLayer(new ol.layer.Vector({ source: new ol.source.Vector({ attributions: escaped(config.attribution) }) }));
}

function choices({ holder, known, config, state }) {
  const [bases, overs] = [true, false].map((isBase) => [...known.values()].map((one) => one.service).filter((one) => one.isBase === isBase));
  holder.replaceChildren(holder.querySelector("legend"));
  if (bases.length) holder.append(choice({ type: "radio", id: "", title: config.words.plain, isOn: !state.ground }));
  for (const { id, title } of bases) holder.append(choice({ type: "radio", id, title, isOn: state.ground === id }));
  for (const { id, title } of overs) holder.append(choice({ type: "checkbox", id, title, isOn: state.overlays.has(id) }));
  holder.hidden = false;
}

function choice({ type, id, title, isOn }) {
  const label = document.createElement("label");
  label.className = "u-map__ground-choice";
  const box = document.createElement("input");
  Object.assign(box, { type, value: id, checked: isOn });
  if (type === "radio") box.name = "hintergrund";
  box.dataset.mapGround = "1";
  label.append(box, ` ${title}`);
  return label;
}
