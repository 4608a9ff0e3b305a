// The portal's map page: themes as tiles of this server, a municipality's figures,
// search.
// All data come from the server that sent the page.
(function () {
'use strict';

const texts = {
  es: {
    skip: 'Ir a la búsqueda', subtitle: 'Programa EMPODERAR · alianzas rurales por municipio',
    searchLabel: 'Buscar un municipio', search: 'Buscar un municipio…', nothing: 'Ningún municipio con ese nombre',
    alliances: 'alianzas', families: 'familias', committed: 'comprometidos', irrigated: 'hectáreas con riego',
    covered: 'municipios con alianzas', theme: 'Tema del mapa', legend: 'Leyenda', overlays: 'Mostrar encima',
    edition: 'Edición de límites:', dataDate: 'Datos al', csv: 'Cobertura en CSV', table: 'tabla',
    byUnit: 'Cobertura por unidad operativa', national: 'Cifras nacionales', map: 'Mapa de Bolivia por municipio',
    control: 'Capas y leyenda', municipality: 'Municipio', close: 'Cerrar', simulated: 'Datos simulados',
    schematic: 'Límites esquemáticos', of: 'de', millions: 'millones', unit: 'Unidad operativa', code: 'Código INE',
    coveredBy: ['Alianzas', 'Riego', 'Subproyectos'], women: 'Representadas por mujeres', requested: 'Solicitado',
    transferred: 'Transferido', accounted: 'Descargado', committedLong: 'Comprometido', gross: 'Superficie bruta', net: 'Superficie neta',
    works: 'Subproyectos', executed: 'Ejecutado', people: 'Población rural', dwellings: 'Viviendas rurales',
    share: 'Cobertura de familias', familiesLong: 'Familias', alliancesLong: 'Alianzas', irrigation: 'Riego', investment: 'Inversión',
    place: 'El municipio', none: 'Aquí no hay un municipio.', failed: 'No se pudo leer del servidor. Se intentará de nuevo.',
    noWebgl: 'Este navegador no puede dibujar el mapa (WebGL); abajo están las cifras en una tabla.',
    updated: 'Los datos cambiaron: el mapa está al día.', other: 'EN', otherLabel: 'Switch to English', otherLang: 'en',
    themes: {}, zoomIn: 'Acercar', zoomOut: 'Alejar', loading: 'Cargando…',
  },
  en: {
    skip: 'Go to search', subtitle: 'EMPODERAR Programme · rural alliances by municipality',
    searchLabel: 'Search a municipality', search: 'Search a municipality…', nothing: 'No municipality of that name',
    alliances: 'alliances', families: 'families', committed: 'committed', irrigated: 'irrigated hectares',
    covered: 'municipalities with alliances', theme: 'Map theme', legend: 'Legend', overlays: 'Show on top',
    edition: 'Boundary edition:', dataDate: 'Data as of', csv: 'Coverage as CSV', table: 'table',
    byUnit: 'Coverage by operating unit', national: 'National figures', map: 'Map of Bolivia by municipality',
    control: 'Layers and legend', municipality: 'Municipality', close: 'Close', simulated: 'Simulated data',
    schematic: 'Schematic boundaries', of: 'of', millions: 'million', unit: 'Operating unit', code: 'INE code',
    coveredBy: ['Alliances', 'Irrigation', 'Works'], women: 'Represented by women', requested: 'Requested',
    transferred: 'Transferred', accounted: 'Accounted for', committedLong: 'Committed', gross: 'Gross area', net: 'Net area',
    works: 'Municipal works', executed: 'Executed', people: 'Rural population', dwellings: 'Rural dwellings',
    share: 'Coverage of families', familiesLong: 'Families', alliancesLong: 'Alliances', irrigation: 'Irrigation', investment: 'Investment',
    place: 'The municipality', none: 'There is no municipality here.', failed: 'The server could not be read. It will be tried again.',
    noWebgl: 'This browser cannot draw the map (WebGL); the figures are in a table below.',
    updated: 'The data changed: the map is up to date.', other: 'ES', otherLabel: 'Cambiar a español', otherLang: 'es',
    themes: { cobertura: 'Coverage', familias: 'Families', inversion: 'Investment', riego: 'Irrigation',
      subproyectos: 'Municipal works', rubros: 'Lines of business', cartera: 'Portfolio', base: 'Base map' },
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', loading: 'Loading…',
  },
};
// The server's address, which may have a path: this script is in its folder /assets.
const server = new URL('..', document.currentScript.src).href.replace(/\/$/, '');
const bolivia = [[-69.7, -22.95], [-57.4, -9.6]];
const pollMs = 10000;
const $ = (id) => document.getElementById(id);
const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
const state = { lang: 'es', health: null, overlays: {}, styles: [], style: '', rows: [], byCode: new Map(), nation: null, chosen: null, map: null };
try { if (localStorage.getItem('idioma') === 'en') state.lang = 'en'; } catch (e) { /* storage is switched off */ }
const t = (key) => texts[state.lang][key];
const locale = () => (state.lang === 'es' ? 'es-BO' : 'en-GB');
const number = (value, digits = 0) => value === null || value === undefined ? '–'
  : new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
const day = (iso) => iso.split('-').reverse().join('/');
const bs = (value) => value === null || value === undefined ? '–' : 'Bs ' + number(value);

async function getJson(path) {
  const answer = await fetch(path, { headers: { Accept: 'application/json, application/geo+json' } });
  if (!answer.ok) throw new Error(path + ': ' + answer.status);
  return answer.json();
}

let noticeTimer = 0;
function notice(text, ms) {
  $('aviso').textContent = text || '';
  $('aviso').hidden = !text;
  clearTimeout(noticeTimer);
  if (text && ms) noticeTimer = setTimeout(() => notice(''), ms);
}

// Builds elements without HTML: no text of the data is ever parsed as markup.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'text') made.textContent = value; else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/* The fragment of the address: tema, municipio, and the map's position. */
function fromHash() { return new URLSearchParams(location.hash.slice(1)); }
function toHash(changes) {
  const part = fromHash();
  for (const [key, value] of Object.entries(changes)) { if (value) part.set(key, value); else part.delete(key); }
  history.replaceState(null, '', '#' + part.toString().replace(/%2F/g, '/'));
}

/* Theme, legend, overlays -------------------------------------------------- */

function tileUrl() {
  const scale = window.devicePixelRatio > 1.25 ? '@2x' : '';
  return server + '/tiles/' + state.style + '/{z}/{x}/{y}' + scale + '.png?v=' + state.versions.get(state.style);
}

function showTheme() {
  const source = state.map && state.map.getSource('tema');
  if (source) source.setTiles([tileUrl()]);
  showLegend().catch(failed);
}

// Returns a fill for shapes of this SVG: a pattern of the sprite.
let hatchings = 0;
function hatching(svg, name) {
  const ns = 'http://www.w3.org/2000/svg';
  const part = (tag, attributes, ...inside) => {
    const made = document.createElementNS(ns, tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const id = 'trama-' + ++hatchings;
  const { x, y, width, height } = state.sprite[name] || { x: 0, y: 0, width: 1, height: 1 };
  const [across, down] = [width / 2, height / 2];
  svg.append(part('defs', {}, part('pattern', { id, width: across, height: down, patternUnits: 'userSpaceOnUse' },
    part('svg', { width: across, height: down, viewBox: [x, y, width, height].join(' ') },
      part('image', { href: server + '/sprites/sigg@2x.png' })))));
  return 'url(#' + id + ')';
}

function swatch(entry) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('width', 22); svg.setAttribute('height', 16); svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(ns, entry.forma === 'circulo' ? 'circle' : entry.forma === 'linea' ? 'line' : 'rect');
  const size = entry.forma === 'circulo' ? { cx: 11, cy: 8, r: Math.max(2.5, Math.min(7, entry.tamano_px || 5)) }
    : entry.forma === 'linea' ? { x1: 1, y1: 8, x2: 21, y2: 8 } : { x: 1, y: 1, width: 20, height: 14, rx: 2 };
  for (const [key, value] of Object.entries(size)) shape.setAttribute(key, value);
  if (entry.forma === 'linea') {
    shape.setAttribute('stroke', entry.color);
    shape.setAttribute('stroke-width', Math.max(1, Math.min(6, entry.tamano_px || 1)));
  } else {
    shape.setAttribute('fill', entry.trama ? hatching(svg, entry.trama) : entry.color);
    shape.setAttribute('stroke', entry.borde || '#8a958e');
    shape.setAttribute('stroke-width', entry.borde ? 1.2 : 0.7);
  }
  svg.append(shape);
  return svg;
}

async function showLegend() {
  const asked = state.style;
  const legend = await getJson(server + '/styles/' + encodeURIComponent(asked) + '/legend');
  if (legend.entradas.some((entry) => entry.trama)) state.sprite = state.sprite || await getJson(server + '/sprites/sigg@2x.json');
  if (asked !== state.style) return;
  $('leyenda').replaceChildren(...legend.entradas.map((entry) =>
    element('li', {}, swatch(entry), element('span', { text: entry.texto }))));
}

function showThemes() {
  $('temas').replaceChildren(...state.styles.map((style) => {
    const input = element('input', { type: 'radio', name: 'tema', value: style.id });
    input.checked = style.id === state.style;
    input.addEventListener('change', () => { state.style = style.id; toHash({ tema: style.id }); showTheme(); });
    return element('label', {}, input, element('span', { text: t('themes')[style.id] || style.title }));
  }));
}

async function readAll(collection) {
  const features = [];
  let query = '?limit=10000';
  while (query) {
    const page = await getJson(server + '/collections/' + collection + '/items' + query);
    features.push(...page.features);
    const next = page.links.find((link) => link.rel === 'next');
    query = next ? new URL(next.href).search : null;
  }
  return { type: 'FeatureCollection', features: features.filter((one) => one.geometry) };
}

// Of styles/overlays.json: the layers that are drawn for a collection.
const drawing = (name) => state.overlays[name].capas.map((layer, i) => ({ ...layer, id: name + '-' + i, source: name }));

async function setOverlay(name, on, refresh) {
  const map = state.map;
  if (on && (refresh || !map.getSource(name))) {
    const data = await readAll(name);
    if (map.getSource(name)) map.getSource(name).setData(data);
    else {
      map.addSource(name, { type: 'geojson', data });
      for (const layer of drawing(name)) map.addLayer(layer, 'elegido-halo');
    }
  }
  for (const layer of drawing(name))
    if (map.getLayer(layer.id)) map.setLayoutProperty(layer.id, 'visibility', on ? 'visible' : 'none');
}

function showOverlays() {
  const was = new Set([...document.querySelectorAll('#capas input:checked')].map((input) => input.value));
  $('capas').replaceChildren(...Object.keys(state.overlays).filter((name) => state.overlays[name]).map((name) => {
    const input = element('input', { type: 'checkbox', value: name });
    input.checked = was.has(name);
    input.addEventListener('change', () => setOverlay(name, input.checked).catch(failed));
    return element('label', {}, input, element('span', { text: state.overlays[name].titulo[state.lang] }));
  }));
}

/* Figures ------------------------------------------------------------------ */

function showNation() {
  const row = state.nation;
  if (!row) return;
  $('n-alianzas').textContent = number(row.alianzas);
  $('n-familias').textContent = number(row.familias);
  $('n-bs').textContent = 'Bs ' + number(row.comprometido_bs / 1e6, 1) + ' ' + t('millions');
  $('n-ha').textContent = number(row.riego_neto_ha);
  $('n-municipios').textContent = number(state.rows.filter((one) => one.cubierto_alianzas).length) + ' ' + t('of') + ' ' + number(state.health.edicion.municipios);
}

function showProvenance() {
  const health = state.health;
  const said = [health.simulado && t('simulated'), health.esquematica && t('schematic')].filter(Boolean);
  $('etiquetas').textContent = said.join(' · ');
  $('edicion').textContent = health.edicion.titulo || health.edicion.codigo;
  $('fecha').textContent = health.fecha_datos ? ' · ' + t('dataDate') + ' ' + day(health.fecha_datos) : '';
}

function pair(list, name, value) { list.append(element('dt', { text: name }), element('dd', { text: value })); }

function part(card, title, pairs) {
  const list = element('dl');
  for (const [name, value] of pairs) pair(list, name, value);
  if (title) card.append(element('h3', { text: title }));
  card.append(list);
}

function showCard() {
  const card = $('ficha');
  const row = state.chosen && state.byCode.get(state.chosen);
  card.hidden = !row;
  card.replaceChildren();
  if (!row) return;
  const close = element('button', { class: 'cerrar', type: 'button', 'aria-label': t('close'), text: '×' });
  close.addEventListener('click', () => choose(null));
  const flags = [row.cubierto_alianzas, row.cubierto_riego, row.cubierto_subproyectos];
  const place = [row.departamento, row.uo && row.uo !== row.departamento ? t('unit') + ' ' + row.uo : ''].filter(Boolean).join(' · ');
  card.append(close, element('h2', { text: row.nombre }), element('p', { class: 'donde', text: place + ' · ' + row.codigo }),
    element('ul', { class: 'sellos' }, ...t('coveredBy').map((text, i) => element('li', { class: flags[i] ? 'si' : null, text: (flags[i] ? '✓ ' : '– ') + text }))));
  const women = row.familias ? ' (' + number(100 * row.mujeres / row.familias) + ' %)' : '';
  part(card, '', [[t('alliancesLong'), number(row.alianzas)], [t('familiesLong'), number(row.familias)], [t('women'), number(row.mujeres) + women],
    [t('share'), row.cobertura_familias_pct === null ? '–' : number(row.cobertura_familias_pct, 1) + ' %']]);
  part(card, t('investment'), [[t('committedLong'), bs(row.comprometido_bs)], [t('transferred'), bs(row.transferido_bs)], [t('accounted'), bs(row.descargado_bs)]]);
  part(card, t('irrigation'), [[t('net'), number(row.riego_neto_ha, 1) + ' ha'], [t('gross'), number(row.riego_bruto_ha, 1) + ' ha']]);
  part(card, t('works'), [[t('works'), number(row.subproyectos)], [t('familiesLong'), number(row.subproyectos_familias)], [t('executed'), bs(row.subproyectos_ejecutado_bs)]]);
  part(card, t('place'), [[t('people'), number(row.poblacion_rural)], [t('dwellings'), number(row.viviendas_rurales)]]);
}

const nothing = { type: 'FeatureCollection', features: [] };

function boundsOf(feature) {
  let box = [Infinity, Infinity, -Infinity, -Infinity];
  (function walk(list) {
    if (typeof list[0] === 'number') box = [Math.min(box[0], list[0]), Math.min(box[1], list[1]), Math.max(box[2], list[0]), Math.max(box[3], list[1])];
    else list.forEach(walk);
  })(feature.geometry.coordinates);
  return box;
}

function outline(feature) {
  const source = state.map && state.map.getSource('elegido');
  if (source) source.setData(feature || nothing);
}

async function choose(code, options) {
  state.chosen = code;
  toHash({ municipio: code });
  showCard();
  if (!code) { outline(null); return; }
  const feature = (options && options.feature) || await getJson(server + '/collections/municipios/items/' + encodeURIComponent(code));
  if (state.chosen !== code) return;
  outline(feature);
  if (options && options.fly && state.map && feature.geometry)
    state.map.fitBounds(boundsOf(feature), { padding: innerWidth < 700 ? 40 : 120, maxZoom: 11,
      animate: !matchMedia('(prefers-reduced-motion: reduce)').matches });
  if (options && options.focus) $('ficha').focus();
}

async function choosePoint(lngLat) {
  const x = lngLat.lng.toFixed(6), y = lngLat.lat.toFixed(6);
  const found = await getJson(server + '/collections/municipios/items?limit=1&bbox=' + [x, y, x, y].join(','));
  const feature = found.features[0];
  if (!feature) { await choose(null); notice(t('none'), 2500); return; }
  notice('');
  await choose(feature.properties.codigo, { feature });
}

/* Search: a combobox of names, without regard to accents and case ------------------ */

let marked = -1;
function showResults(rows, asked) {
  const list = $('resultados');
  marked = -1;
  list.replaceChildren(...rows.map((row, i) => {
    const item = element('li', { role: 'option', id: 'r-' + i, 'aria-selected': 'false', 'data-code': row.codigo },
      row.nombre, element('small', { text: row.departamento }));
    item.addEventListener('mousedown', (event) => { event.preventDefault(); take(row.codigo); });
    return item;
  }));
  if (asked && !rows.length) list.append(element('li', { class: 'nada', text: t('nothing') }));
  list.hidden = !asked;
  $('buscar').setAttribute('aria-expanded', String(Boolean(asked && rows.length)));
  $('buscar').removeAttribute('aria-activedescendant');
}

function search() {
  const asked = fold($('buscar').value);
  const fits = state.rows.filter((row) => row.codigo && (row.folded.includes(asked) || row.codigo.startsWith(asked)));
  const rank = (row) => (row.folded.startsWith(asked) ? 0 : (' ' + row.folded).includes(' ' + asked) ? 1 : 2);
  showResults(asked ? fits.sort((a, b) => rank(a) - rank(b) || a.folded.localeCompare(b.folded)).slice(0, 10) : [], asked);
}

function mark(step) {
  const items = $('resultados').querySelectorAll('[role=option]');
  if (!items.length) return;
  if (marked >= 0) items[marked].setAttribute('aria-selected', 'false');
  marked = (marked + step + items.length) % items.length;
  items[marked].setAttribute('aria-selected', 'true');
  items[marked].scrollIntoView({ block: 'nearest' });
  $('buscar').setAttribute('aria-activedescendant', items[marked].id);
}

function take(code) {
  $('buscar').value = state.byCode.get(code).nombre;
  showResults([], '');
  choose(code, { fly: true, focus: true }).catch(failed);
}

function listenSearch() {
  const input = $('buscar');
  input.addEventListener('input', search);
  input.addEventListener('focus', search);
  input.addEventListener('blur', () => showResults([], ''));
  input.addEventListener('keydown', (event) => {
    const items = $('resultados').querySelectorAll('[role=option]');
    if (event.key === 'ArrowDown') { event.preventDefault(); mark(1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); mark(marked < 0 ? 0 : -1); }
    else if (event.key === 'Enter' && items.length) { event.preventDefault(); take(items[Math.max(marked, 0)].dataset.code); }
    else if (event.key === 'Escape') { input.value = ''; showResults([], ''); }
  });
}

/* Data, and their changes ---------------------------------------------------- */

function failed(error) { console.error(error); notice(t('failed'), 6000); }

async function readFigures() {
  const [all, nation] = await Promise.all([getJson(server + '/coverage?by=municipio'), getJson(server + '/coverage?by=nacional')]);
  state.rows = all.filas.filter((row) => row.codigo).map((row) => ({ ...row, folded: fold(row.nombre) }));
  state.byCode = new Map(state.rows.map((row) => [row.codigo, row]));
  state.nation = nation.filas[0];
}

// Versions of the themes' tiles (v= of their URLs): a version changes only if the
// theme's data did.
function takeVersions(styles) {
  state.versions = new Map(styles.map(({ id, tiles }) => [id, tiles[0].split('?v=')[1]]));
}

async function poll() {
  if (document.hidden) return;
  try {
    const health = await getJson(server + '/health');
    if (state.health && health.contenido === state.health.contenido) return;
    state.health = health;
    takeVersions((await getJson(server + '/styles')).styles);
    await readFigures();
    showNation(); showProvenance(); showCard(); showTheme();
    for (const input of document.querySelectorAll('#capas input:checked')) await setOverlay(input.value, true, true);
    if (state.chosen) await choose(state.chosen);
    notice(t('updated'), 5000);
  } catch (error) { failed(error); }
}

function applyLanguage() {
  document.documentElement.lang = state.lang;
  for (const one of document.querySelectorAll('[data-t]')) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll('[data-p]')) one.placeholder = t(one.dataset.p);
  for (const one of document.querySelectorAll('[data-l]')) one.setAttribute('aria-label', t(one.dataset.l));
  const button = $('idioma');
  button.textContent = t('other'); button.lang = t('otherLang'); button.setAttribute('aria-label', t('otherLabel'));
  showThemes(); showOverlays();
  if (state.health) { showNation(); showProvenance(); showCard(); }
}

// Without a map the page shows the table that it came with.
function withoutMap(why) {
  document.body.classList.add('sin-mapa');
  $('sin-mapa').textContent = why;
  $('sin-mapa').hidden = false;
}

function startMap() {
  const canvas = document.createElement('canvas');
  if (!canvas.getContext('webgl2') && !canvas.getContext('webgl')) throw new Error('no WebGL');
  maplibregl.setWorkerUrl($('app').dataset.worker);
  const map = new maplibregl.Map({
    container: 'mapa', bounds: bolivia, fitBoundsOptions: { padding: innerWidth < 700 ? { top: 68, right: 8, bottom: 8, left: 8 } : 24 }, hash: 'mapa',
    minZoom: 3, maxZoom: 17, dragRotate: false, pitchWithRotate: false, touchPitch: false, attributionControl: false,
    locale: { 'NavigationControl.ZoomIn': t('zoomIn'), 'NavigationControl.ZoomOut': t('zoomOut') },
    style: { version: 8, sources: {
      tema: { type: 'raster', tiles: [tileUrl()], tileSize: 256, minzoom: 0, maxzoom: 18 },
      elegido: { type: 'geojson', data: nothing } },
    layers: [
      { id: 'tema', type: 'raster', source: 'tema', paint: { 'raster-fade-duration': 120 } },
      { id: 'elegido-halo', type: 'line', source: 'elegido', paint: { 'line-color': '#fff', 'line-width': 6, 'line-opacity': 0.85 } },
      { id: 'elegido', type: 'line', source: 'elegido', paint: { 'line-color': '#111827', 'line-width': 2.5 } }] },
  });
  state.map = map;
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
  map.addControl(new maplibregl.ScaleControl(), 'bottom-right');
  map.on('click', (event) => choosePoint(event.lngLat).catch(failed));
  map.on('error', (event) => console.error(event.error));
  map.once('load', () => {
    document.body.dataset.listo = 'si'; // for tests: the map is drawn
    if (state.chosen) choose(state.chosen, { fly: !fromHash().get('mapa') }).catch(failed);
  });
}

async function start() {
  applyLanguage();
  listenSearch();
  $('idioma').addEventListener('click', () => {
    state.lang = state.lang === 'es' ? 'en' : 'es';
    try { localStorage.setItem('idioma', state.lang); } catch (e) { /* storage is switched off */ }
    applyLanguage();
  });
  $('plegar').addEventListener('click', () => {
    const open = $('plegar').getAttribute('aria-expanded') !== 'true';
    $('plegar').setAttribute('aria-expanded', String(open));
  });
  if (innerWidth < 700) $('plegar').setAttribute('aria-expanded', 'false');
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.chosen && event.target !== $('buscar')) choose(null);
  });
  const [health, styles, overlays] = await Promise.all([getJson(server + '/health'), getJson(server + '/styles'), getJson($('app').dataset.overlays), readFigures()]);
  state.health = health;
  state.overlays = overlays;
  takeVersions(styles.styles);
  state.styles = styles.styles.filter(({ id }) => !['base', 'conflictos'].includes(id) && !id.endsWith('-impresion'));
  const wanted = fromHash().get('tema');
  state.style = (styles.styles.find((style) => style.id === wanted) || state.styles[0] || styles.styles[0]).id;
  state.chosen = state.byCode.has(fromHash().get('municipio')) ? fromHash().get('municipio') : null;
  showThemes(); showOverlays(); showNation(); showProvenance(); showCard();
  try { startMap(); } catch (error) {
    console.error(error);
    withoutMap(t('noWebgl'));
  }
  await showLegend();
  setInterval(poll, pollMs);
  document.addEventListener('visibilitychange', poll);
}

start().catch((error) => {
  failed(error);
  if (!state.map) withoutMap(t('failed'));
});
})();
