// From the server's short form to geometries: whole steps from the city's corner, each point told from the one before.
export function mark(row, { origin, step }) {
  return [origin[0] + row[7] * step, origin[1] + row[8] * step];
}

export function geometry([kind, parts], frame) {
  if (kind === "a") return new ol.geom.MultiPolygon(parts.map((rings) => rings.map((ring) => line(ring, frame))));
  if (kind === "l") return new ol.geom.MultiLineString(parts.map((one) => line(one, frame)));
  return new ol.geom.MultiPoint(parts.map((one) => line(one, frame)[0]));
}

function line(numbers, { origin, step }) {
  const found = [];
  let x = 0;
  let y = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    found.push([origin[0] + x * step, origin[1] + y * step]);
  }
  return found;
}
