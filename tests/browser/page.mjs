// The map page in Chromium: it draws, answers a click, and asks no other host.
// Called by test_page: node page.mjs URL SCREENSHOTS TOUCH, where TOUCH is a command
// that changes the data under the running server.
import { chromium } from 'playwright-core';
import { execSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const [, , base, shots, touch] = process.argv;
mkdirSync(shots, { recursive: true });
let n = 0, bad = 0;
const check = (name, fine, seen) => {
  n++;
  if (!fine) bad++;
  console.log(`${fine ? 'ok' : 'not ok'} ${n} - ${name}`);
  if (!fine && seen !== undefined) console.log('# ' + JSON.stringify(seen).slice(0, 500));
};

// Pixels of a PNG screenshot (8 bit RGB or RGBA, as Chromium writes them).
function colors(png) {
  const idat = [];
  let width = 0, channels = 4;
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at), type = png.toString('latin1', at + 4, at + 8), data = png.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') { width = data.readUInt32BE(0); channels = data[9] === 2 ? 3 : 4; }
    if (type === 'IDAT') idat.push(data);
    at += 12 + size;
  }
  const raw = inflateSync(Buffer.concat(idat)), row = width * channels;
  let before = Buffer.alloc(row);
  const seen = new Set();
  for (let at = 0; at < raw.length; at += row + 1) {
    const filter = raw[at], line = Buffer.from(raw.subarray(at + 1, at + 1 + row));
    for (let i = 0; i < row; i++) {
      const a = i >= channels ? line[i - channels] : 0, b = before[i], c = i >= channels ? before[i - channels] : 0;
      const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
      line[i] += [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter];
    }
    for (let i = 0; i < row; i += channels) seen.add((line[i] << 16) | (line[i + 1] << 8) | line[i + 2]);
    before = line;
  }
  return seen.size;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const requests = [], errors = [];
async function open(options, script) {
  const context = await browser.newContext({ locale: 'es-BO', ...options });
  const page = await context.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(String(error)));
  if (script) await page.addInitScript(script);
  await page.goto(base + '/');
  return page;
}
const drawn = (page) => page.waitForSelector('body[data-listo=si]', { timeout: 60000 });
// Repeats a check until it holds: on a busy machine things take longer.
const eventually = async (fine) => {
  for (let i = 0; i < 300 && !await fine(); i++) await new Promise((next) => setTimeout(next, 100));
  return fine();
};
const mapPixels = async (page) => {
  let seen = 0;
  await page.waitForTimeout(1500);
  await eventually(async () => seen > 100 || (seen = colors(await page.locator('#mapa canvas').screenshot())) > 100);
  return seen;
};
// Where a lon/lat is on the page, of the map as it opens.
const settle = (page) => page.waitForTimeout(800);

const page = await open({ viewport: { width: 1280, height: 800 } });
await drawn(page);
const pixels = await mapPixels(page);
check('the map is drawn in many colours', pixels > 100, pixels);
await page.screenshot({ path: shots + '/page.png' });
check('the legend has entries', await page.locator('#leyenda li').count() >= 3);
check('there are themes to choose from', await page.locator('#temas input').count() >= 1);
check('the nation has 1.101 alliances', (await page.locator('#n-alianzas').textContent()) === '1.101', await page.locator('#n-alianzas').textContent());
check('and covered municipalities of 339', /^\d+ de 339$/.test(await page.locator('#n-municipios').textContent()), await page.locator('#n-municipios').textContent());
const label = await page.locator('#procedencia').textContent();
check('it says that data are simulated', label.includes('Datos simulados'), label);
check('and of which day they are, as printed maps do', label.includes('Datos al 31/12/2022'), label);
check('and that boundaries are schematic', label.includes('Límites esquemáticos'), label);

const box = await page.locator('#mapa').boundingBox();
await page.mouse.click(box.x + box.width * 0.48, box.y + box.height * 0.6);
await page.waitForSelector('#ficha h2', { timeout: 30000 });
await settle(page);
const name = await page.locator('#ficha h2').textContent();
check('a click shows a municipality', name.length > 2 && await eventually(async () => (await page.locator('#ficha dd').count()) >= 10), name);
check('the address names it', await eventually(() => /municipio=\d{6}/.test(page.url())), page.url());
await page.screenshot({ path: shots + '/municipality.png' });
await page.keyboard.press('Escape');
check('Escape closes it', await page.locator('#ficha').isHidden());

await page.fill('#buscar', 'POTOSI');
await page.waitForSelector('#resultados li[role=option]');
check('the search minds no accents', (await page.locator('#resultados li').first().textContent()).startsWith('Potosí'));
await page.keyboard.press('ArrowDown');
await page.screenshot({ path: shots + '/search.png' });
await page.keyboard.press('Enter');
await page.waitForSelector('#ficha h2');
await page.waitForTimeout(3000);
check('Enter takes the municipality', await eventually(async () => (await page.locator('#ficha h2').textContent()) === 'Potosí'));
check('the map went there', await eventually(() => parseFloat(page.url().match(/mapa=([\d.]+)/)?.[1]) > 6), page.url());
await page.screenshot({ path: shots + '/potosi.png' });

const themes = await page.locator('#temas input').count();
if (themes > 1) {
  const before = await page.locator('#leyenda').textContent();
  await page.locator('#temas input').nth(1).check();
  await page.waitForFunction((text) => document.querySelector('#leyenda').textContent !== text, before, { timeout: 30000 });
  await page.waitForTimeout(1500);
  check('another theme has another legend', true);
  await page.screenshot({ path: shots + '/theme.png' });
}
await page.locator('#capas input[value=areas_riego]').check();
await page.waitForTimeout(2500);
check('irrigated areas can be laid on top', await eventually(() => requests.some((one) => one.includes('/collections/areas_riego/items'))));
await page.screenshot({ path: shots + '/overlay.png' });
await page.click('#idioma');
check('the page speaks English', await eventually(async () => (await page.locator('#leyenda-titulo').textContent()) === 'Legend'));
await page.click('#idioma');

if (touch) {
  const versions = () => page.evaluate(() => performance.getEntriesByType('resource')
    .filter(({ name }) => /\/tiles\/.*\?v=/.test(name)).map(({ name }) => name.split('?v=')[1]));
  const before = new Set(await versions());
  execSync(touch, { stdio: 'ignore' });
  check('changed data bring new tiles without a reload', before.size > 0 &&
    await eventually(async () => (await versions()).some((one) => !before.has(one))));
}

const phone = await open({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
await drawn(phone);
check('it draws on a phone', (await mapPixels(phone)) > 100);
check('the phone gets @2x tiles', requests.some((one) => one.includes('@2x.png')));
check('nothing sticks out of 360 px', await phone.evaluate(() => document.documentElement.scrollWidth <= 360), await phone.evaluate(() => document.documentElement.scrollWidth));
await phone.screenshot({ path: shots + '/phone.png' });
const north = await phone.evaluate(() => { // of the map as it opens, from #mapa=zoom/lat/lon
  const [zoom, lat] = new URLSearchParams(location.hash.slice(1)).get('mapa').split('/').map(Number);
  const y = (degrees) => Math.log(Math.tan(Math.PI / 4 + degrees * Math.PI / 360)) / (2 * Math.PI) * 512 * 2 ** zoom;
  const map = document.querySelector('#mapa').getBoundingClientRect();
  return map.top + map.height / 2 - (y(-9.67) - y(lat)) - document.querySelector('.panel').getBoundingClientRect().bottom;
});
check('the country begins below the panel of themes', north >= 0, north);
const phoneBox = await phone.locator('#mapa').boundingBox();
await phone.touchscreen.tap(phoneBox.x + phoneBox.width * 0.45, phoneBox.y + phoneBox.height * 0.55);
await phone.waitForSelector('#ficha h2', { timeout: 30000 });
await settle(phone);
await phone.screenshot({ path: shots + '/phone-municipality.png' });
check('a tap shows a municipality on the phone', await phone.locator('#ficha').isVisible());

await page.close();
const again = await phone.context().newPage(); // from the browser's cache, confirmed with 304
again.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
const answered = await again.goto(base + '/');
await drawn(again).catch(() => {});
check('a second visit draws too', (await again.locator('#mapa canvas').count()) === 1 && (await mapPixels(again)) > 100, answered.status());
await phone.close();
const plain = await open({ viewport: { width: 800, height: 600 }, javaScriptEnabled: false });
check('without JavaScript there is a table', await plain.locator('#tabla td').first().isVisible() && await plain.locator('main').isHidden());
await plain.screenshot({ path: shots + '/plain.png' });

const blind = await open({ viewport: { width: 800, height: 600 } }, () => { HTMLCanvasElement.prototype.getContext = () => null; });
await blind.waitForSelector('#sin-mapa:not([hidden])', { timeout: 30000 });
check('without WebGL there is the table, and why', await blind.locator('#tabla td').first().isVisible() && (await blind.locator('#sin-mapa').textContent()).includes('WebGL'));
errors.splice(0, errors.length, ...errors.filter((one) => !/webgl/i.test(one)));

const host = new URL(base).host;
const foreign = requests.filter((one) => /^(https?|wss?):/.test(one) && new URL(one).host !== host);
check('no request left for another host', foreign.length === 0 && requests.length > 20, foreign);
check('no error on the console', errors.length === 0, errors);
await browser.close();
process.exit(bad ? 1 : 0);
