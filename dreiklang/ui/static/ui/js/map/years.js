// The slider of years: the picture of how many are in work follows at once, the server's words when it stands still.
export function yearSlider({ root, config, state, changed }) {
  const holder = root.querySelector("[data-map-years]");
  if (!holder || !config.years.length) return null;
  const range = holder.querySelector("[data-map-year]");
  const all = holder.querySelector("[data-map-all-years]");
  const words = holder.querySelector("[data-map-year-words]");
  const choice = root.querySelector("[data-map-year-choice]");
  // One control for one thing: the list of years serves those without a script.
  if (choice) choice.hidden = true;
  holder.hidden = false;
  // The knob stands under the middle of its bar.
  range.style.width = `calc(${100 - 100 / config.years.length}% + 24px)`;

  const show = () => {
    all.checked = !state.year;
    if (state.year) range.value = state.year;
    words.textContent = state.year || config.words.allYears;
    range.setAttribute("aria-valuetext", words.textContent);
    holder.classList.toggle("u-map__years--all", !state.year);
    for (const bar of holder.querySelectorAll("[data-year]")) {
      bar.classList.toggle("u-map__bar--chosen", Number(bar.dataset.year) === state.year);
    }
  };
  const take = (year, isDone) => {
    state.year = year;
    show();
    changed({ isDone });
  };
  range.addEventListener("input", () => take(Number(range.value), false));
  range.addEventListener("change", () => take(Number(range.value), true));
  all.addEventListener("change", () => take(all.checked ? null : Number(range.value), true));
  holder.querySelector(".u-map__bars")?.addEventListener("click", (event) => {
    const at = Math.floor(((event.clientX - event.currentTarget.getBoundingClientRect().left) / event.currentTarget.clientWidth) * config.years.length);
    if (config.years[at]) take(config.years[at], true);
  });
  show();
  return { show };
}
