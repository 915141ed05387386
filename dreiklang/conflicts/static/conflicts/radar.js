// The list of candidates by keyboard: j and k move, Enter opens, a says "looked at", o opens place and time.
// A candidate that was looked at is marked without leaving the list.
const lines = () => [...document.querySelectorAll("[data-candidate]")];

function move(line, step) {
  const all = lines();
  const target = all[all.indexOf(line) + step];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

const DEEDS = {
  j: (line) => move(line, 1),
  k: (line) => move(line, -1),
  Enter: (line) => line.querySelector("h2 a").click(),
  o: (line) => line.querySelector("details > summary")?.click(),
  a: (line) => line.querySelector("[data-seen]")?.click(),
};

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-candidate]");
  if (!line || event.altKey || event.ctrlKey || event.metaKey || !DEEDS[event.key]) return;
  // Inside the line, links and buttons keep their own keys.
  if (event.target !== line && event.key === "Enter") return;
  event.preventDefault();
  DEEDS[event.key](line);
});

function begin() {
  for (const one of document.querySelectorAll(".k-keys")) one.hidden = false;
  for (const one of lines()) one.tabIndex = 0;
}

document.addEventListener("htmx:after:swap", begin);
begin();
