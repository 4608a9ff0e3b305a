// What MapLibre GL draws of a style from the server's vector tiles, against the
// server's picture of the same view. Called by test_pictures: node pictures.mjs
// URL DATABASE DRAW FOLDER BOUNDARIES, where DRAW is tests/helpers/draw.c.
//
// A pixel differs where pixelmatch sees it (threshold 0.1 of the largest distance
// of two colours in YIQ) and it is not antialiasing, in either picture.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';

const MOST = 0.01; // share of pixels that may differ, without labels
const [, , base, database, draw, folder, boundaries] = process.argv;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

// z: MapLibre's zoom, of 512 px tiles; the view is columns x rows of them, from
// the tile that holds the place on. What is 256 px wide is of zoom z + 1.
// "some": not of every style.
const places = [
  { name: 'país', z: 4, lon: -70, lat: -9, columns: 1, rows: 2 },
  { name: 'cochabamba', z: 6, lon: -67, lat: -16.5, columns: 1, rows: 1 },
  { name: 'potosí', z: 7, lon: -67, lat: -19.5, columns: 1, rows: 1, some: true },
  { name: 'titicaca', z: 8, lon: -69, lat: -16.3, columns: 1, rows: 1, some: true },
  { name: 'punata', z: 10, lon: -65.85, lat: -17.5, columns: 1, rows: 1 },
];
const views = places.flatMap((place) => [
  { ...place, size: 256, scale: 1 },
  ...(place.name === 'cochabamba' ? [{ ...place, size: 512, scale: 1 }, { ...place, size: 256, scale: 2 }] : []),
]);
// Between whole zooms, as on a page.
views.push({ name: 'entre niveles', page: true, z: 6.6, lon: -65.3, lat: -17.6, width: 600, height: 480, scale: 1 });

const tileX = (lon, z) => (lon + 180) / 360 * 2 ** z;
const tileY = (lat, z) => (1 - Math.asinh(Math.tan(lat * Math.PI / 180)) / Math.PI) / 2 * 2 ** z;
const lonOf = (x, z) => x / 2 ** z * 360 - 180;
const latOf = (y, z) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y / 2 ** z))) * 180 / Math.PI;

// The view's middle, its size in CSS px, and the server's parameters for it.
function look(view) {
  if (view.page) {
    const x = tileX(view.lon, view.z), y = tileY(view.lat, view.z), w = view.width / 1024, h = view.height / 1024;
    return { center: [view.lon, view.lat], width: view.width, height: view.height,
      job: (style, out) => ['page', style, lonOf(x - w, view.z), latOf(y + h, view.z), lonOf(x + w, view.z), latOf(y - h, view.z),
        view.width, view.height, view.scale, out].join(' ') };
  }
  const x = Math.floor(tileX(view.lon, view.z)), y = Math.floor(tileY(view.lat, view.z)), split = 512 / view.size;
  return { center: [lonOf(x + view.columns / 2, view.z), latOf(y + view.rows / 2, view.z)],
    width: view.columns * 512, height: view.rows * 512,
    job: (style, out) => ['tiles', style, view.z + Math.log2(split), x * split, y * split, view.columns * split, view.rows * split,
      view.size, view.scale, out].join(' ') };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-sandbox', '--force-color-profile=srgb'],
});
const page = await (await browser.newContext({ locale: 'es-BO' })).newPage();
await page.route(base + '/vacio', (route) => route.fulfill({ contentType: 'text/html',
  body: '<!DOCTYPE html><style>body { margin: 0 }</style><div id="mapa"></div>' }));
await page.goto(base + '/vacio');
await page.addScriptTag({ url: base + '/assets/maplibre-gl-csp.js' });

// The map's pixels as a PNG, after everything is loaded and drawn.
const inBrowser = (style, view, seen) => page.evaluate(async ({ style, zoom, ratio, center, width, height, base }) => {
  maplibregl.setWorkerUrl(base + '/assets/maplibre-gl-csp-worker.js');
  document.body.innerHTML = '<div id="mapa"></div>';
  Object.assign(document.querySelector('#mapa').style, { width: width + 'px', height: height + 'px' });
  const map = new maplibregl.Map({ container: 'mapa', style, center, zoom, pixelRatio: ratio, interactive: false, fadeDuration: 0,
    attributionControl: false, canvasContextAttributes: { preserveDrawingBuffer: true }, maxTileCacheSize: 0 });
  const errors = [];
  map.on('error', (event) => errors.push(String(event.error)));
  await new Promise((done) => map.once('idle', done));
  const png = map.getCanvas().toDataURL('image/png').split(',')[1];
  map.remove();
  if (errors.length) throw new Error(errors.join('; '));
  return png;
}, { style, zoom: view.z, ratio: view.scale, base, center: seen.center, width: seen.width, height: seen.height });

// below: rows at the foot that are not compared; a page says there that data are simulated.
function compare(a, b, name, below) {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`${name}: ${a.width}x${a.height}, ${b.width}x${b.height}`);
  const marked = new PNG({ width: a.width, height: a.height }), rows = a.height - below, n = a.width * rows;
  const part = (png) => png.data.subarray(0, n * 4);
  const share = pixelmatch(part(a), part(b), part(marked), a.width, rows, { threshold: 0.1 }) / n;
  const strict = pixelmatch(part(a), part(b), null, a.width, rows, { threshold: 0.1, includeAA: true }) / n;
  return { share, strict, marked };
}

const styles = (await (await fetch(base + '/styles')).json()).styles.map((one) => one.id);
const cases = [];
for (const id of styles) {
  const whole = await (await fetch(`${base}/styles/${id}`)).json();
  const mute = { ...whole, layers: whole.layers.filter((layer) => layer.type !== 'symbol') };
  for (const [labels, style] of [[false, mute], [true, whole]]) {
    const path = `${folder}/${id}${labels ? '-nombres' : ''}.json`;
    writeFileSync(path, JSON.stringify(style));
    for (const view of views) {
      if (labels && (id !== styles[0] || view.size === 512)) continue; // names are the same in all
      if (view.some && id !== styles[0] && id !== 'subproyectos') continue;
      const name = `${id}-${view.name}-z${view.z}-${view.page ? 'página' : view.size}${view.scale > 1 ? '@2x' : ''}${labels ? '-nombres' : ''}`.replaceAll(' ', '-');
      cases.push({ id, labels, style, path, view, name, seen: look(view), server: `${folder}/${name}-servidor.png` });
    }
  }
}
execFileSync(draw, [database], { input: cases.map((one) => one.seen.job(one.path, one.server) + '\n').join(''), stdio: ['pipe', 'inherit', 'inherit'] });

console.log(`# ${styles.length} styles, boundaries: ${boundaries}; share of pixels that differ (and with antialiasing)`);
let n = 0, bad = 0, worst = 0;
const drawnAlready = new Map();
for (const one of cases) {
  const key = JSON.stringify([one.path, one.view.z, one.view.scale, one.seen.center]);
  if (!drawnAlready.has(key)) drawnAlready.set(key, Buffer.from(await inBrowser(one.style, one.view, one.seen), 'base64'));
  const mapLibre = drawnAlready.get(key);
  const { share, strict, marked } = compare(PNG.sync.read(mapLibre), PNG.sync.read(readFileSync(one.server)), one.name,
    one.view.page ? 20 * one.view.scale : 0);
  const fine = one.labels || share <= MOST;
  n++;
  if (!fine) bad++;
  if (!one.labels) worst = Math.max(worst, share);
  if (!fine || one.labels || process.env.SIGG_KEEP_PICTURES) {
    writeFileSync(`${folder}/${one.name}-maplibre.png`, mapLibre);
    writeFileSync(`${folder}/${one.name}-diferencia.png`, PNG.sync.write(marked));
  } else rmSync(one.server);
  console.log(`${fine ? 'ok' : 'not ok'} ${n} - ${one.name}: ${(share * 100).toFixed(3)} % (${(strict * 100).toFixed(2)} %)`);
}
console.log(`# worst without labels: ${(worst * 100).toFixed(3)} % of pixels`);
await browser.close();
process.exit(bad ? 1 : 0);
