// The signs and colours of the map, the same as on the pages: read from the style sheet, drawn once a theme.
const SIZE = 12;
const SHOWN = 17;
const COLOURS = ["paper", "ink", "ink-soft", "edge", "hair", "accent", "accent-soft", "accent-wash", "good", "good-ink", "warn-ink", "bad", "unknown-lines"];

export function signs(root) {
  const probe = document.createElement("span");
  probe.hidden = true;
  root.append(probe);
  let colours = {};
  let drawn = new Map();

  // Custom properties come as they are written (light-dark(…)); a colour property comes as a colour.
  const read = () => {
    drawn = new Map();
    for (const name of COLOURS) {
      probe.style.color = `var(--${name})`;
      colours[name] = getComputedStyle(probe).color;
    }
  };

  const sign = (tone) => {
    if (!drawn.has(tone)) drawn.set(tone, picture(tone, colours));
    return drawn.get(tone);
  };

  const whenChanged = (redraw) => {
    const anew = () => { read(); redraw(); };
    // Paper is white, whatever the screen shows: the signs are drawn in its ink and back again.
    for (const asked of ["(prefers-color-scheme: dark)", "print"]) matchMedia(asked).addEventListener("change", anew);
    new MutationObserver(anew).observe(document.documentElement, { attributes: true, attributeFilter: ["data-kern-theme"] });
  };

  read();
  return { sign, whenChanged, colour: (name) => colours[name], hatch: () => hatch(colours), size: SHOWN };
}

function picture(tone, colours) {
  const ratio = 3;
  const side = (SIZE + 4) * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.translate(2, 2);
  // A clearing of paper, so that a sign stands on any background.
  pen.beginPath();
  pen.arc(6, 6, 7.4, 0, 2 * Math.PI);
  pen.fillStyle = colours.paper;
  pen.fill();
  (SHAPES[tone] || SHAPES.neutral)(pen, colours);
  return new ol.style.Icon({ img: canvas, size: [side, side], scale: (SHOWN + 4) / side, declutterMode: "obstacle" });
}

const SHAPES = {
  good(pen, colours) { round(pen); pen.fillStyle = colours.good; pen.fill(); },
  warn(pen, colours) {
    pen.stroke(stroked(pen, "M6 1.4 11.2 10.8H.8z", colours["warn-ink"], 1.6));
  },
  bad(pen, colours) { pen.fillStyle = colours.bad; pen.fillRect(1.6, 1.6, 8.8, 8.8); },
  unknown(pen, colours) {
    pen.save();
    round(pen);
    pen.clip();
    pen.strokeStyle = colours["unknown-lines"];
    pen.lineWidth = 1.6;
    for (let at = -6; at < 18; at += 3.4) { pen.beginPath(); pen.moveTo(at, 12); pen.lineTo(at + 12, 0); pen.stroke(); }
    pen.restore();
    round(pen);
    pen.strokeStyle = colours["ink-soft"];
    pen.lineWidth = 1.2;
    pen.stroke();
  },
  done(pen, colours) { pen.stroke(stroked(pen, "M1.5 6.5 4.6 9.6 10.5 2.8", colours["good-ink"], 2.2)); },
  neutral(pen, colours) { pen.fillStyle = colours.accent; pen.fill(new Path2D("M6 1 11 6 6 11 1 6z")); },
};

function round(pen) {
  pen.beginPath();
  pen.arc(6, 6, 4.6, 0, 2 * Math.PI);
}

function stroked(pen, path, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  return new Path2D(path);
}

// The fill of an outline that others lie under: lines with room between them.
function hatch(colours) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 10;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = colours["accent-soft"];
  pen.lineWidth = 1;
  for (const at of [-5, 0, 5]) { pen.beginPath(); pen.moveTo(at - 2, 12); pen.lineTo(at + 12, -2); pen.stroke(); }
  return pen.createPattern(canvas, "repeat");
}
