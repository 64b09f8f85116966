// The one projection of the map: d3's conformal conic with the numbers of projection.json.
import { readFile } from "node:fs/promises";
import { geoConicConformal } from "d3-geo";

export const settings = JSON.parse(await readFile(new URL("./projection.json", import.meta.url), "utf8"));

/** Return d3's projection from [longitude, latitude] in degrees to [x, y] in units of the view box. */
export function projection() {
  const { central_meridian, parallels, centre, scale, width, height } = settings;
  return geoConicConformal()
    .parallels(parallels)
    .rotate([-central_meridian, 0])
    .center([centre[0] - central_meridian, centre[1]])
    .scale(scale)
    .translate([width / 2, height / 2])
    .precision(0.3)
    .clipExtent([[0, 0], [width, height]]);
}
