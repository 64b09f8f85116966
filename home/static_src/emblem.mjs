// The Union's emblem as its annex describes it: a rectangle of 3:2, twelve upright five-pointed stars on an invisible circle whose
// radius is a third of the height, each star drawn in a circle of one eighteenth of the height, placed like the hours of a clock.
// Source: Interinstitutional style guide, annex A1, "European emblem"; colours Reflex Blue (#039) and Yellow (#fc0).
const HEIGHT = 180;
const WIDTH = HEIGHT * 1.5;
const RING = HEIGHT / 3;
const STAR = HEIGHT / 18;
/** Inner to outer radius of a regular pentagram: 1 / golden ratio squared. */
const INNER = STAR * (3 - Math.sqrt(5)) / 2;

const at = (x, y, radius, degrees) => {
  const angle = (degrees - 90) * Math.PI / 180;
  return `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`;
};

function star(hour) {
  const angle = (hour * 30 - 90) * Math.PI / 180;
  const [x, y] = [WIDTH / 2 + RING * Math.cos(angle), HEIGHT / 2 + RING * Math.sin(angle)];
  const points = Array.from({ length: 10 }, (_, i) => at(x, y, i % 2 ? INNER : STAR, i * 36));
  return `M${points.join("L")}Z`;
}

/** Return the emblem as SVG text. */
export function drawEmblem() {
  const stars = Array.from({ length: 12 }, (_, hour) => star(hour)).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">`
    + `<path fill="#039" d="M0 0h${WIDTH}v${HEIGHT}H0z"/><path fill="#fc0" d="${stars}"/></svg>\n`;
}
