// Draws Europe from Natural Earth (npm world-atlas) as an SVG of two symbols, land and borders, without colours of its own:
// the page's stylesheet paints them, so one file serves light, dark and forced colours.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";
import { projection, settings } from "./projection.mjs";

const LIMIT_BYTES = 60 * 1024;
/** Area in square degrees below which a bend of the coast or an islet is not drawn: about three units of the view box across. */
const SMALLEST_BEND = 0.009;

const bounds = (ring) => {
  const lons = ring.map((p) => p[0]);
  const lats = ring.map((p) => p[1]);
  return { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
};

/** Whether a polygon touches the part of the world that the map shows (degrees). */
function isNear(ring) {
  const box = bounds(ring);
  const { west, east, south, north } = settings.clip;
  return box.east > west && box.west < east && box.north > south && box.south < north;
}

/** Keep only the polygons in sight: France's overseas islands are not on this map. */
function nearby(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { type: "MultiPolygon", coordinates: polygons.filter((polygon) => isNear(polygon[0])) };
}

/** The European Union does not recognise the annexation of Crimea, so no border is drawn across Perekop. */
const crossesPerekop = (line) => line.every(([lon, lat]) => lon > 32.5 && lon < 36 && lat > 45.5 && lat < 46.5);

function borderLines(topology) {
  const lines = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  return { ...lines, coordinates: lines.coordinates.filter((line) => !crossesPerekop(line)) };
}

/** Return the SVG's text; throws when it outgrows its limit. */
export async function drawEurope() {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const world = JSON.parse(await readFile(file, "utf8"));
  const weighted = presimplify(world);
  const simple = filter(simplify(weighted, SMALLEST_BEND), filterWeight(weighted, SMALLEST_BEND));
  const draw = geoPath(projection()).digits(1);
  const countries = feature(simple, simple.objects.countries).features.map((f) => nearby(f.geometry));
  const land = draw({ type: "GeometryCollection", geometries: countries.filter((g) => g.coordinates.length) });
  const borders = draw(borderLines(simple));
  const { width, height } = settings;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">`
    + `<defs><path id="land" d="${land}"/><path id="borders" d="${borders}"/></defs>`
    + `<use href="#land" fill="#ead9bb"/><use href="#borders" fill="none" stroke="#fff7e8"/></svg>\n`;
  if (svg.length > LIMIT_BYTES) throw new Error(`europe.svg has ${svg.length} bytes, more than ${LIMIT_BYTES}`);
  return svg;
}
