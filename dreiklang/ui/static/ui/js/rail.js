// On a narrow screen the rail scrolls sideways: begin where the reader is.
export function showPlace(root) {
  for (const rail of root.querySelectorAll(".u-rail")) {
    const here = rail.querySelector("[aria-current]");
    if (here && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = here.offsetLeft - rail.clientWidth / 3;
  }
}
