// node compare.mjs SIGG COUNT SEED: the same expressions through `sigg style eval`
// and through the specification's own package, answer by answer. TAP on stdout.
import { spawnSync } from 'node:child_process';
import { createPropertyExpression, convertFunction, isFunction } from '@maplibre/maplibre-gl-style-spec';
import { features, generator, random, written, zooms } from './expressions.mjs';

const [sigg, count, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const state = { x: 4 };
const images = ['si', 'b'];
const featureState = { e: 7 }, view = { heatmapDensity: 0.5, lineProgress: 0.25, accumulated: 12 };

function specOf(type) {
  const array = /^array<(\w+)(?:, (\d+))?>$/.exec(type);
  const spec = { type, 'property-type': 'data-driven', expression: { interpolated: true, parameters: ['zoom', 'feature'] } };
  return array ? { ...spec, type: 'array', value: array[1], ...(array[2] ? { length: Number(array[2]) } : {}) } : spec;
}

// A value as a reader of JSON gets it.
function plain(value) {
  if (value && value.constructor && value.constructor.name === 'Color') value = [value.r, value.g, value.b, value.a];
  return JSON.parse(JSON.stringify(value === undefined ? null : value, (key, item) =>
    (item && typeof item === 'object' && 'r' in item && 'a' in item ? [item.r, item.g, item.b, item.a] : item)));
}

function reference({ expression, type, zoom, feature }) {
  let compiled;
  try {
    const spec = specOf(type);
    compiled = createPropertyExpression(isFunction(expression) ? convertFunction(expression, spec) : expression, spec, state);
  } catch (error) {
    return { when: 'parse', error: String(error) };
  }
  if (compiled.result === 'error') return { when: 'parse', error: compiled.value.map((e) => e.key + ': ' + e.message).join('; ') };
  const subject = { properties: feature.properties, type: feature.geometry.type };
  if (feature.id !== undefined) subject.id = feature.id;
  try {
    return { value: plain(compiled.value.evaluateWithoutErrorHandling({ zoom, globalState: state, ...view }, subject, featureState, undefined, images)) };
  } catch (error) {
    return { when: 'eval', error: error.message };
  }
}

// Logarithms of this JavaScript engine and of the C library sometimes differ in the
// last digit, which shows when they become text.
const rounded = (text) => text.replace(/\d+\.\d{10,}/g, (number) => Number(number).toPrecision(14));

function same(a, b) {
  if (typeof a === 'string' && typeof b === 'string') return a === b || rounded(a) === rounded(b);
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const keys = (object) => Object.keys(object).filter((key) => object[key] !== null);
  return Array.isArray(a) === Array.isArray(b) && (!Array.isArray(a) || a.length === b.length)
    && keys(a).length === keys(b).length && keys(a).every((key) => same(a[key], b[key]));
}

const draw = random(seed);
const make = generator(draw);
const drawn = Array.from({ length: count }, make);
let n = 0;
function report(ok, name, notes) {
  n++;
  notes.forEach((note) => console.log('# ' + note));
  console.log((ok ? 'ok ' : 'not ok ') + n + ' - ' + name);
}

for (const [name, cases] of [['expressions written by hand', written], ['expressions drawn at random, seed ' + seed, drawn]]) {
  const lines = cases.flatMap((one, i) => features.map((feature, k) => ({ ...one, feature, zoom: zooms[(i + k) % zooms.length], globalState: state, availableImages: images, featureState, ...view })));
  const answered = spawnSync(sigg, ['style', 'eval'], { input: lines.map((line) => JSON.stringify(line)).join('\n') + '\n', maxBuffer: 1 << 28 });
  const answers = answered.stdout.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const agreed = { value: 0, parse: 0, eval: 0 };
  const differences = [];
  lines.forEach((line, i) => {
    const theirs = reference(line), ours = answers[i] || {};
    const kind = theirs.when || 'value';
    if (kind === (ours.when || 'value') && (kind !== 'value' || same(theirs.value, plain(ours.value)))) agreed[kind]++;
    else differences.push(JSON.stringify({ expression: line.expression, type: line.type, zoom: line.zoom, properties: line.feature.properties }) + '\n#   package: ' + JSON.stringify(theirs) + '\n#   sigg:    ' + JSON.stringify(ours));
  });
  const total = lines.length;
  report(answers.length === total && differences.length === 0 && agreed.value > 0 && agreed.parse > 0 && agreed.eval > 0, name, [
    ...differences.slice(0, Number(process.env.SHOW || 12)),
    `${cases.length} expressions on ${features.length} features: ${total - differences.length} of ${total} answers agree (${agreed.value} values, ${agreed.parse} refused when read, ${agreed.eval} errors of evaluation)`,
  ]);
}
