// Prints where d3 puts a few cities, for tests/home/context/golden/map_points.json: `node home/static_src/map/points.mjs`.
import { projection } from "./projection.mjs";

const cities = {
  "Düsseldorf": [51.23, 6.77], "L'Hospitalet de Llobregat": [41.36, 2.1], "Pella": [40.79, 22.41], "Rotterdam": [51.92, 4.48],
  "Umbria": [43.11, 12.39], "Igoumenitsa": [39.5, 20.27], "Kyiv": [50.45, 30.52], "Lisbon": [38.72, -9.14], "Ankara": [39.93, 32.86],
};
const project = projection();
const points = Object.entries(cities).map(([name, [lat, lon]]) => {
  const [x, y] = project([lon, lat]);
  return { name, lat, lon, x: Number(x.toFixed(3)), y: Number(y.toFixed(3)) };
});
console.log(JSON.stringify(points, null, 2));
