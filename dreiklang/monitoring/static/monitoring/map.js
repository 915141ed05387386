// The slider of years: the shades follow at once, the server's words when it stands still. Without it there is a list.
function slider() {
  const holder = document.querySelector("[data-map-years]");
  const said = document.getElementById("karte-farben");
  if (!holder || !said || holder.querySelector("[data-map-slider]")) return;
  const select = holder.querySelector("select");
  const { years } = JSON.parse(said.textContent);
  if (!select || years.length < 2) return;

  const label = holder.querySelector("label").textContent.trim();
  const box = document.createElement("div");
  box.className = "mo-slider";
  const head = document.createElement("div");
  head.className = "mo-slider__head";
  const name = document.createElement("label");
  name.htmlFor = "karte-schieber";
  name.textContent = label;
  const shown = document.createElement("output");
  head.append(name, shown);
  const range = document.createElement("input");
  Object.assign(range, { type: "range", id: "karte-schieber", min: 0, max: years.length - 1, step: 1 });
  range.dataset.mapSlider = "1";
  const ends = document.createElement("div");
  ends.className = "mo-slider__ends";
  ends.ariaHidden = "true";
  ends.append(span(years[0]), span(years.at(-1)));
  box.append(head, range, ends);
  // One control for one thing: the list serves those without a script.
  for (const child of holder.children) child.hidden = true;
  holder.append(box);

  const place = () => {
    const year = Number(select.value);
    range.value = Math.max(years.indexOf(year), 0);
    say(years[range.value]);
  };
  const say = (year) => {
    shown.textContent = year;
    range.setAttribute("aria-valuetext", year);
  };
  range.addEventListener("input", () => {
    const year = years[range.value];
    say(year);
    select.value = String(year);
    paint(Number(range.value));
    for (const one of document.querySelectorAll("[data-map-when]")) one.textContent = year;
  });
  range.addEventListener("change", () => select.form.requestSubmit());
  place();
}

function paint(at) {
  const { shades, numbers } = JSON.parse(document.getElementById("karte-farben").textContent);
  for (const shape of document.querySelectorAll("[data-area]")) {
    const shade = shades[shape.dataset.area]?.[at];
    if (!shade) continue;
    const rest = shape.classList.contains("mo-faded") ? " mo-faded" : "";
    shape.setAttribute("class", `mo-area mo-s${shade}${rest}`);
    shape.setAttribute("fill", `url(#mo-${shade})`);
  }
  for (const number of document.querySelectorAll("[data-number]")) {
    number.textContent = numbers[shades[number.dataset.number]?.[at]] ?? "";
  }
}

function span(text) {
  const found = document.createElement("span");
  found.textContent = text;
  return found;
}

slider();
document.addEventListener("htmx:after:swap", slider);
