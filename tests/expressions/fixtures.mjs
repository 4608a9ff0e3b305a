// node fixtures.mjs SIGG FOLDER: the specification's expression fixtures through
// `sigg style eval`: values to six digits, errors of reading and of evaluation.
// Those of within and distance, outside the subset, must be refused by name.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const [, , sigg, folder] = process.argv;
const OUTSIDE = /^(within|distance)\//;

// As the fixtures' own runner writes and compares: cut to six digits.
function cut(x) {
  if (typeof x !== 'number' || x === 0) return x;
  const by = 10 ** Math.max(0, 6 - Math.ceil(Math.log10(Math.abs(x))));
  return Math.floor(x * by) / by;
}
function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(cut(a) - cut(b)) <= 2e-6 * Math.abs(b);
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return (a ?? null) === (b ?? null);
  const keys = (object) => Object.keys(object).filter((key) => (object[key] ?? null) !== null);
  return Array.isArray(a) === Array.isArray(b) && (!Array.isArray(a) || a.length === b.length)
    && keys(a).length === keys(b).length && keys(a).every((key) => same(a[key], b[key]));
}

function typeOf(spec) {
  return spec.type !== 'array' || !spec.value ? spec.type : `array<${spec.value}${spec.length ? ', ' + spec.length : ''}>`;
}

// One line for each input; a fixture without any is only read.
const asked = [];
for (const name of readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('test.json')).sort()) {
  const fixture = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const { propertySpec: spec = {}, expected } = fixture;
  const refused = expected.compiled.result === 'error';
  (fixture.inputs?.length ? fixture.inputs : [null]).forEach((input, i) => {
    const [view, feature] = input || [{}, {}];
    asked.push({ name,
      wanted: refused ? 'parse' : !input ? 'read' : expected.outputs[i]?.error ? 'eval' : 'value',
      value: refused || !input ? undefined : expected.outputs[i],
      line: { ...view, expression: fixture.expression, feature, featureState: feature.featureState, type: typeOf(spec), default: spec.default,
        tokens: spec.tokens, values: spec.values && (Array.isArray(spec.values) ? spec.values : Object.keys(spec.values)),
        interpolated: spec.expression?.interpolated, globalState: fixture.globalState } });
  });
}
const answers = spawnSync(sigg, ['style', 'eval'], { input: asked.map((one) => JSON.stringify(one.line) + '\n').join(''), maxBuffer: 1 << 28 })
  .stdout.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
const wrong = new Map(), names = new Set(asked.map((one) => one.name));
asked.forEach(({ name, wanted, value }, i) => {
  const { when, ...answer } = answers[i] || { when: 'nothing' };
  const fine = OUTSIDE.test(name) ? when === 'parse'
    : wanted === 'read' ? when !== 'parse' : wanted === (when || 'value') && (when || same(answer.value, value));
  if (!fine && !wrong.has(name)) wrong.set(name, `${name}: wanted ${wanted} ${JSON.stringify(value)}, answer ${JSON.stringify(answers[i])}`);
});
for (const line of wrong.values()) console.log(line);
const outside = [...names].filter((name) => OUTSIDE.test(name) && !wrong.has(name)).length;
console.log(`${wrong.size} wrong, ${names.size - wrong.size - outside} pass, ${outside} refused`);
