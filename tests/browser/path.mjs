// The map page and a style of the server in Chromium, under a path of a proxy: every URL that the
// browser asks for has the path, and is found.
// Called by test_path: node path.mjs URL, which ends in the path.
import { chromium } from 'playwright-core';

const [, , base] = process.argv;
let n = 0;
const check = (name, fine, seen) => {
  console.log(`${fine ? 'ok' : 'not ok'} ${++n} - ${name}`);
  if (!fine && seen !== undefined) console.log('# ' + JSON.stringify(seen).slice(0, 500));
};
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const asked = [], failed = [], errors = [];
const underWay = new Set();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.on('request', (request) => { if (!/^(blob|data):/.test(request.url())) asked.push(request.url()); });
page.on('response', (response) => { if (response.status() >= 400) failed.push(response.status() + ' ' + response.url()); });
page.on('request', (request) => underWay.add(request));
for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => underWay.delete(request));
page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
page.on('pageerror', (error) => errors.push(String(error)));
const some = async (part) => {
  for (let i = 0; i < 300 && !asked.some((url) => url.startsWith(base + part)); i++) await page.waitForTimeout(100);
  return asked.some((url) => url.startsWith(base + part));
};
// Until nothing has been under way for half a second: what a page that is left still reads, it
// reports as an error of its own.
const quiet = async () => {
  for (let i = 0, still = 0; i < 300 && still < 5; i++, still = underWay.size ? 0 : still + 1) await page.waitForTimeout(100);
};

await page.goto(base + '/');
await page.waitForSelector('body[data-listo=si]', { timeout: 60000 });
check('the page draws its map', await some('/tiles/cobertura/'));
check('it has a legend', await page.locator('#leyenda li').count() >= 3);
await page.locator('#capas input[value=areas_riego]').check();
check('it reads what is laid on top', await some('/collections/areas_riego/items'));
await page.fill('#buscar', 'Potosi');
await page.waitForSelector('#resultados li[role=option]');
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Enter');
await page.waitForSelector('#ficha h2');
check('it shows a municipality', await some('/collections/municipios/items/05'));
// The server's style, with its vector tiles, letters and pictures.
await page.evaluate((style) => new Promise((resolve, reject) => {
  const container = document.createElement('div');
  container.style.cssText = 'position:fixed;inset:0;z-index:9';
  document.body.append(container);
  const map = new maplibregl.Map({ container, style, center: [-66, -17.5], zoom: 7 });
  map.on('error', (event) => reject(event.error));
  map.once('idle', () => resolve());
}), base + '/styles/cobertura');
for (const part of ['/styles/cobertura', '/tiles/', '/fonts/', '/sprites/sigg'])
  check('a style asks for ' + part, await some(part));
check('vector tiles too', asked.some((url) => url.startsWith(base + '/tiles/') && /\.mvt/.test(url)), asked.slice(-20));
await quiet();
await page.goto(base + '/coverage?f=html');
await page.click('a');
check('a table leads back to the map', page.url() === base + '/', page.url());
await quiet();
check('every URL has the path', asked.every((url) => url.startsWith(base + '/')), asked.filter((url) => !url.startsWith(base + '/')));
check('nothing is missing', failed.length === 0, failed);
check('no errors on the console', errors.length === 0, errors);
await browser.close();
