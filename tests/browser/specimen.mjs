// A sheet of lines to compare how two programs draw: lines that lie within one
// tile of zoom 10 (dashes start anew where a tile cuts a line), each with a
// property of lines on it, and the layers that draw them.
const TILE = { z: 10, x: 324, y: 561 };
const place = (px, py) => {
  const n = 2 ** TILE.z, y = Math.PI * (1 - 2 * (TILE.y + py / 512) / n);
  return [(TILE.x + px / 512) / n * 360 - 180, Math.atan(Math.sinh(y)) * 180 / Math.PI];
};
// A zigzag of sharp and blunt corners, a straight line, and a curve.
const zigzag = [[0, 0], [26, 20], [40, -14], [52, 20], [70, 6], [96, 12]];
const curve = Array.from({ length: 25 }, (_, i) => [i * 4, 14 * Math.sin(i / 4)]);
const straight = [[0, 8], [96, 8]];
const dashed = (cap, dashes, width) => ({ paint: { 'line-width': width, 'line-dasharray': dashes }, layout: { 'line-cap': cap } });
const rows = [
  ...['butt', 'round', 'square'].flatMap((cap) => ['miter', 'round', 'bevel'].map((join) => ({ shape: zigzag, paint: { 'line-width': 8 }, layout: { 'line-cap': cap, 'line-join': join } }))),
  { shape: zigzag, paint: { 'line-width': 2.5 }, layout: { 'line-join': 'round', 'line-cap': 'round' } },
  { shape: zigzag, paint: { 'line-width': 1 } },
  ...['butt', 'round', 'square'].flatMap((cap) => [{ shape: straight, ...dashed(cap, [2, 2], 5) }, { shape: curve, ...dashed(cap, [3, 1.5, 0.5, 1.5], 4) }]),
  { shape: curve, ...dashed('butt', [4, 2], 1) },
  { shape: zigzag, ...dashed('butt', [2, 1], 3) },
  { shape: straight, ...dashed('butt', [2, 1, 1], 4) },
  { shape: straight, ...dashed('round', [0, 2], 6) },
  { shape: curve, paint: { 'line-width': 3, 'line-offset': 6 } },
  { shape: curve, paint: { 'line-width': 3, 'line-offset': -5 }, layout: { 'line-join': 'round', 'line-cap': 'round' } },
  { shape: straight, paint: { 'line-width': 3, 'line-offset': 5, 'line-dasharray': [3, 2] } },
  { shape: straight, ...dashed('butt', [2, 1, 1, 1, 1], 4) },
  { shape: straight, ...dashed('butt', [3], 4) },
  { shape: curve, paint: { 'line-width': 9, 'line-opacity': 0.4 }, layout: { 'line-join': 'round', 'line-cap': 'round' } },
  { shape: straight, paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 2, 11, 8], 'line-dasharray': [2, 2] } },
  { shape: straight, paint: { 'line-width': 4, 'line-dasharray': ['step', ['zoom'], ['literal', [1, 1]], 9, ['literal', [4, 1]]] } },
];

export const collection = {
  type: 'FeatureCollection',
  features: rows.map(({ shape }, i) => ({ type: 'Feature',
    properties: { codigo: `MUESTRA-${i}`, nombre: `Muestra ${i}`, tipo: 'camino', estado: 'ejecucion', municipio: '030101' },
    geometry: { type: 'LineString', coordinates: shape.map(([x, y]) => place(16 + (i % 4) * 126 + x, 30 + Math.floor(i / 4) * 66 + y)) } })),
};
export const layers = rows.map(({ paint, layout = {} }, i) => ({ id: `muestra-${i}`, type: 'line', source: 'sigg', 'source-layer': 'subproyectos',
  filter: ['==', ['get', 'codigo'], `MUESTRA-${i}`], paint: { 'line-color': '#204080', ...paint }, layout }));
export const views = [{ ...TILE, zoom: 10 }, { z: 9, x: TILE.x / 2, y: (TILE.y - 1) / 2, zoom: 9 }, { z: 10, x: TILE.x, y: TILE.y, zoom: 10.6 }];
