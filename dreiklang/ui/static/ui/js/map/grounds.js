// What lies under and over the city's own layers: WMS and WMTS of the city. Without a network the districts are ground.
export function grounds({ map, config, state, holder, offer, say, changed }) {
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
  const again = () => {
    if (holder && known.size) choices({ holder, known, config, state });
    offering({ offer, config, services: state.offered.map((id) => known.get(id).service) });
    show();
  };
  // Whoever chooses has answered what the address offered.
  const taken = (...ids) => {
    for (const id of ids.filter(Boolean)) state.chosen.add(id);
    state.offered = [];
    offer.hidden = true;
    say("");
    show();
    changed();
  };
  holder?.addEventListener("change", (event) => {
    const { type, value, checked } = event.target;
    if (type === "radio") state.ground = value;
    else if (checked) state.overlays.add(value);
    else state.overlays.delete(value);
    taken(value);
  });
  offer.addEventListener("click", (event) => {
    if (!event.target.matches("button")) return;
    const isTaken = event.target.matches("[data-map-take]");
    const { ground, overlays } = state.shownAndOffered();
    if (isTaken) state.show([ground, ...overlays]);
    taken(...(isTaken ? state.offered : []));
    again();
    map.getTargetElement().focus({ preventScroll: true });
  });
  again();
  return { show: again };
}

// Maps that the address names and nobody here chose: what loading them means, and a button.
function offering({ offer, config, services }) {
  const hosts = new Set(services.map((service) => new URL(service.url).host));
  const titles = services.map((service) => `„${service.title}“`).join(", ");
  offer.querySelector("p").textContent = config.words.offered.replace("%(titles)s", titles).replace("%(hosts)s", [...hosts].join(", "));
  offer.hidden = !services.length;
}

function layerOf(service, { failed, projection }) {
  const attributions = credit(service);
  const source = service.kind === "wmts" ? tiles(service, attributions) : pictures(service, attributions, projection);
  source.on(service.kind === "wmts" ? "tileloaderror" : "imageloaderror", failed);
  const Layer = service.kind === "wmts" ? ol.layer.Tile : ol.layer.Image;
  // Where the service is meant to be seen, in metres a pixel.
  const { minResolution, maxResolution } = service;
  return new Layer({ source, className: "u-map__foreign", minResolution: minResolution ?? undefined, maxResolution: maxResolution ?? undefined });
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
