// Compares how MapLibre GL and `sigg render` draw each property of the styles.
// node drawing.mjs URL WORK SIGG DB: TAP; the pictures stay in WORK.
// node drawing.mjs --lines: the lines of specimen.mjs, to import as subproyectos.
import { chromium } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode, difference } from './png.mjs';
import * as specimen from './specimen.mjs';

if (process.argv[2] === '--lines') {
  console.log(JSON.stringify(specimen.collection));
  process.exit(0);
}
const [, , base, work, sigg, db] = process.argv;
mkdirSync(work, { recursive: true });

const from = (type, layer, rest) => ({ id: layer + type, type, source: 'sigg', 'source-layer': layer, ...rest });
const lines = (paint, layout = {}, filter = ['==', ['%', ['to-number', ['get', 'codigo']], 3], 0]) =>
  [from('line', 'municipios', { filter, paint: { 'line-color': '#204080', ...paint }, layout })];
// Name, layers, the largest share of pixels that may differ, the zoom.
const cases = [
  ['fill-pattern', [from('fill', 'municipios', { filter: ['==', ['get', 'departamento'], 'Cochabamba'], paint: { 'fill-pattern': 'trama-sin-datos' } })], 0.004],
  ['fill-pattern by the data', [from('fill', 'municipios', { paint: { 'fill-pattern': ['match', ['get', 'departamento'], 'Cochabamba', 'trama-sin-datos', 'trama-impresion'] } })], 0.004],
  ['fill-pattern, half opaque', [from('fill', 'municipios', { paint: { 'fill-pattern': 'trama-impresion', 'fill-opacity': 0.5 } })], 0.004],
  ['fill by the data', [from('fill', 'municipios', { paint: { 'fill-color': ['step', ['to-number', ['get', 'alianzas'], 0], '#fff', 1, '#cde', 4, '#48a'], 'fill-outline-color': '#333' } })], 0.01],
  ['line-width', lines({ 'line-width': 6 }), 0.004],
  ['line-width by the data', lines({ 'line-width': ['case', ['>', ['get', 'alianzas'], 2], 8, 3] }), 0.004],
  ['line-offset inwards', lines({ 'line-width': 2, 'line-offset': 5 }), 0.006],
  ['line-offset outwards', lines({ 'line-width': 2, 'line-offset': -4 }), 0.006],
  ['line-opacity', lines({ 'line-width': 7, 'line-opacity': 0.4 }, { 'line-join': 'bevel' }, ['in', ['get', 'nombre'], ['literal', ['Villa Tunari', 'Punata', 'Totora']]]), 0.004],
  ['circle', [from('circle', 'alianzas', { paint: { 'circle-color': '#a3c', 'circle-radius': 6, 'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5, 'circle-opacity': 0.9 }, layout: { 'circle-sort-key': ['-', 0, ['to-number', ['get', 'familias'], 0]] } })], 0.004],
  ['fill-pattern between zooms', [from('fill', 'municipios', { paint: { 'fill-pattern': 'trama-sin-datos' } })], 0.004, 8.6],
  ['fill-opacity and outline by the data', [from('fill', 'municipios', { paint: { 'fill-color': '#48a', 'fill-opacity': ['case', ['>', ['get', 'alianzas'], 2], 0.8, 0.3],
    'fill-outline-color': ['match', ['get', 'departamento'], 'Cochabamba', '#a33', '#333'] } })], 0.01, 8.6],
  ['circle-stroke-opacity', [from('circle', 'alianzas', { paint: { 'circle-color': '#a3c', 'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 4, 10, 12],
    'circle-stroke-color': '#063', 'circle-stroke-width': 4, 'circle-stroke-opacity': 0.5, 'circle-opacity': 0.4 } })], 0.004, 8.6],
  ['icons', [from('symbol', 'alianzas', { layout: { 'icon-image': 'alianza', 'icon-size': 1.5, 'icon-offset': [4, -6], 'icon-allow-overlap': true } })], 0.006, 8.6],
  ['icons, anchored, half opaque', [from('symbol', 'alianzas', { layout: { 'icon-image': 'riego', 'icon-anchor': 'top-left', 'icon-overlap': 'always' }, paint: { 'icon-opacity': 0.5 } })], 0.006],
];

const lon = (tx, z) => tx / 2 ** z * 360 - 180;
const lat = (ty, z) => Math.atan(Math.sinh(Math.PI * (1 - 2 * ty / 2 ** z))) * 180 / Math.PI;
// A 512 px view of a tile's middle: parameters for MapLibre and for the server.
function look({ z, x, y, zoom }) {
  const half = 0.5 / 2 ** (zoom - z), [cx, cy] = [x + 0.5, y + 0.5];
  return { center: [lon(cx, z), lat(cy, z)], zoom, bbox: [lon(cx - half, z), lat(cy + half, z), lon(cx + half, z), lat(cy - half, z)].join(',') };
}
const jobs = cases.map(([name, layers, most, zoom = 8]) => ({ name, layers, most, view: look({ z: 8, x: 81, y: 141, zoom }) }));
for (const view of specimen.views) jobs.push({ name: `lines one by one at zoom ${view.zoom}`, layers: specimen.layers, most: 0.001, view: look(view) });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const page = await browser.newPage({ viewport: { width: 512, height: 512 }, deviceScaleFactor: 1 });
// An empty page, and the worker's script without its CSP: the test decides what they load.
await page.route(base + '/vacio', (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><style>body { margin: 0 }</style>' }));
await page.route('**/maplibre-gl-csp-worker.js', async (route) => route.fulfill({ contentType: 'text/javascript', body: await (await route.fetch()).text() }));
await page.goto(base + '/vacio');
await page.addScriptTag({ url: base + '/assets/maplibre-gl-csp.js' });
await page.evaluate((url) => maplibregl.setWorkerUrl(url), base + '/assets/maplibre-gl-csp-worker.js');
const served = await (await fetch(base + '/styles/base')).json();
let n = 0;
page.on('console', (message) => { if (message.type() === 'error') console.log('# console: ' + message.text()); });
for (const { name, layers, most, view } of jobs) {
  const style = { ...served, metadata: {}, layers: [{ id: 'papel', type: 'background', paint: { 'background-color': '#ffffff' } }, ...layers] };
  await page.evaluate(async ({ style, center, zoom }) => {
    document.body.replaceChildren();
    const div = document.createElement('div');
    div.style.cssText = 'position:absolute;left:0;top:0;width:512px;height:512px';
    document.body.append(div);
    window.drawn = new maplibregl.Map({ container: div, style, center, zoom, interactive: false, attributionControl: false, fadeDuration: 0 });
    window.drawn.on('error', (event) => console.error(String(event.error)));
    await new Promise((done) => window.drawn.once('idle', done));
  }, { style, center: view.center, zoom: view.zoom });
  const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 512, height: 512 } });
  await page.evaluate(() => window.drawn.remove());
  const file = work + '/' + name.replace(/\W+/g, '-');
  writeFileSync(file + '-maplibre.png', shot);
  writeFileSync(file + '.json', JSON.stringify(style));
  execFileSync(sigg, ['--db', db, 'render', '--style', file + '.json', '--size', '512x512', '--bbox=' + view.bbox, '-o', file + '-sigg.png']);
  // The lowest rows hold the notice of simulated data.
  const { share, ink } = difference(decode(shot), decode(readFileSync(file + '-sigg.png')), 64, 490);
  n++;
  console.log(`# ${name}: ${(share * 100).toFixed(2)} % of the pixels differ, ${(ink * 100).toFixed(0)} % are drawn on`);
  console.log(`${share <= most && ink > 0.002 ? 'ok' : 'not ok'} ${n} - ${name} looks the same in MapLibre`);
}
await browser.close();
console.log('1..' + n);
