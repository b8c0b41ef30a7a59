// Arrow keys lead from a search field to the titles beneath it, and among them; Escape leads back and puts them away.
const field = document.querySelector("[data-suggested]");
const shelf = document.getElementById(field.dataset.suggested);
addEventListener("keydown", (event) => {
  const stops = [field, ...shelf.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at < 0 || stops.length < 2 || event.altKey || event.ctrlKey || event.metaKey) return;
  if (step) stops[(at + step + stops.length) % stops.length].focus();
  else if (event.key === "Escape") {
    shelf.replaceChildren();
    field.focus();
  } else return;
  event.preventDefault();
});
