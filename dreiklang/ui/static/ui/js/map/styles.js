// How features look. A state is told by its sign, never by colour alone; an outline by its line.
const FONT = '"Fira Sans", system-ui, sans-serif';

export function styles({ look, config }) {
  let kept = new Map();
  const once = (name, make) => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name);
  };
  const colour = (name) => look.colour(name);
  const fill = (name) => new ol.style.Fill({ color: typeof name === "string" ? colour(name) : name });
  const stroke = (name, width, lineDash) => new ol.style.Stroke({ color: colour(name), width, lineDash });
  const faint = (name, alpha) => {
    const probe = ol.color.asArray(colour(name)).slice();
    probe[3] = alpha;
    return probe;
  };
  const words = (text, { size = 13, weight = 500, name = "ink", ...rest }) => new ol.style.Text({
    text, font: `${weight} ${size}px ${FONT}`, fill: fill(name), stroke: stroke("paper", 4), ...rest,
  });
  const toneOf = (feature) => feature.get("layer").signs[feature.get("state")]?.tone || "neutral";

  return {
    forget() { kept = new Map(); },

    mark(cluster) {
      const several = cluster.get("features");
      if (several.length > 1) return once(`many-${several.length}`, () => many(several.length));
      const tone = toneOf(several[0]);
      return once(`sign-${tone}`, () => new ol.style.Style({ image: look.sign(tone) }));
    },

    marks() {
      return once("outline", () => [
        new ol.style.Style({ stroke: stroke("paper", 4) }),
        new ol.style.Style({ fill: new ol.style.Fill({ color: faint("accent", 0.08) }), stroke: stroke("accent", 1.5) }),
      ]);
    },

    areas(feature) {
      const name = feature.get("number");
      return once(`focus-${name}`, () => [
        new ol.style.Style({ stroke: stroke("paper", 4) }),
        new ol.style.Style({ fill: fill(look.hatch()), stroke: stroke("accent", 2, [8, 5]), text: words(name, { name: "accent", overflow: false }) }),
      ]);
    },

    ground(feature, resolution, isOverMap) {
      const isOurs = feature.get("state") === "ours";
      const name = `${isOurs}-${isOverMap}-${feature.get("number")}`;
      return once(name, () => new ol.style.Style({
        fill: isOverMap || !isOurs ? new ol.style.Fill({ color: "transparent" }) : new ol.style.Fill({ color: faint("accent", 0.05) }),
        stroke: stroke("edge", isOverMap ? 1.25 : 0.75, isOurs ? undefined : [3, 3]),
        text: words(feature.get("title"), { name: "ink-soft", weight: 400, size: 12 }),
      }));
    },

    // The districts of what has no place of its own.
    area() {
      return once("area", () => [
        new ol.style.Style({ stroke: stroke("paper", 6) }),
        new ol.style.Style({ fill: fill(look.hatch()), stroke: stroke("ink", 2.5) }),
      ]);
    },

    // What is pointed at or selected lies above all, with its name.
    chosen(feature, isSelected) {
      const shape = feature.get("shape");
      const found = [];
      if (shape) {
        found.push(new ol.style.Style({ geometry: shape.getGeometry(), stroke: stroke("paper", 7) }));
        found.push(new ol.style.Style({ geometry: shape.getGeometry(), stroke: stroke("ink", isSelected ? 3 : 2), fill: new ol.style.Fill({ color: faint("accent", 0.22) }) }));
      }
      if (feature.get("layer").drawing !== "marks") return found;
      const radius = look.size / 2 + 5;
      found.push(new ol.style.Style({ image: new ol.style.Circle({ radius: radius + 2, fill: fill("paper"), stroke: stroke("ink", isSelected ? 3 : 1.5) }) }));
      found.push(new ol.style.Style({ image: look.sign(toneOf(feature)), text: label(feature, radius) }));
      return found;
    },
  };

  function label(feature, radius) {
    const title = feature.get("title");
    const short = title.length > 42 ? `${title.slice(0, 40).trimEnd()} …` : title;
    return words(short, {
      offsetY: -radius - 14,
      overflow: true,
      padding: [3, 6, 3, 6],
      backgroundFill: fill("paper"),
      backgroundStroke: stroke("ink", 1),
      stroke: undefined,
    });
  }

  function many(number) {
    return new ol.style.Style({
      image: new ol.style.Circle({ radius: number > 99 ? 16 : 12, fill: fill("paper"), stroke: stroke("ink", 1.75), declutterMode: "obstacle" }),
      text: words(String(number), { weight: 600, stroke: undefined, declutterMode: "obstacle" }),
    });
  }
}
