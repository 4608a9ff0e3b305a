// node properties.mjs SIGG FOLDER DOCS: every property in docs/styles.md's table, in a
// style of its own: as a constant, by zoom, by data, by both, as an old function, and
// with a wrong value. `style check` and the specification's validator must agree on
// which are valid. Prints "ok NAME" or "not ok NAME" a line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const [, , sigg, folder, docs] = process.argv;
mkdirSync(folder, { recursive: true });

// The table: | `type` | paint | layout |, "`text-field`, `-font`" sharing a prefix.
function documented() {
  const found = [];
  for (const line of readFileSync(docs, 'utf8').split('\n')) {
    const row = /^\| `(background|fill|line|circle|symbol)` \|(.*)\|(.*)\|$/.exec(line);
    if (!row) continue;
    for (const [group, cell] of [['paint', row[2]], ['layout', row[3]]]) {
      let prefix = '';
      for (const [, word] of cell.matchAll(/`([a-z-]+)`/g)) {
        if (!word.startsWith('-') && !/-/.test(word)) continue; // a value: `never`
        const name = word.startsWith('-') ? prefix + word : word;
        prefix = name.split('-')[0];
        found.push({ type: row[1], group, name });
      }
    }
  }
  return found;
}

// Two values of the property; a list that could be read as an expression is literal.
function samples(spec) {
  switch (spec.type) {
    case 'color': return ['#123456', 'rgba(1, 2, 3, 0.5)'];
    case 'number': return [Math.max(spec.minimum ?? 1, 0.25), Math.min(spec.maximum ?? 3, 1)];
    case 'boolean': return [true, false];
    case 'enum': return Object.keys(spec.values).slice(0, 2);
    case 'array': return spec.value === 'string' ? [['a'], ['b', 'c']] : spec.length ? [[1, 2], [3, 4]] : [[1, 2], [3, 4, 5, 6]];
    case 'padding': return [3, [1, 2, 3, 4]];
    default: return ['a', 'b {nombre}'];
  }
}
const literal = (value) => (Array.isArray(value) ? ['literal', value] : value);

function variants(spec) {
  const [a, b] = samples(spec), [x, y] = [literal(a), literal(b)];
  const same = spec.type === 'padding' ? literal([1, 2, 3, 4]) : x;
  return {
    constant: a,
    'another constant': b,
    'of another type': spec.type === 'boolean' ? 3 : { tipo: 'otro' },
    null: null,
    'a constant expression': ['case', true, x, y],
    'step by zoom': ['step', ['zoom'], x, 7, y],
    'interpolate by zoom': ['interpolate', ['linear'], ['zoom'], 5, same, 9, y],
    'by the data': ['case', ['has', 'alianzas'], x, y],
    'match': ['match', ['get', 'uo'], 'La Paz', x, ['Oruro', 'Chaco'], y, x],
    'step by the data': ['step', ['to-number', ['get', 'familias']], x, 7, y],
    'by zoom and data': ['step', ['zoom'], x, 7, ['case', ['has', 'alianzas'], x, y]],
    'zoom in the wrong place': ['case', ['>', ['zoom'], 7], x, y],
    'feature-state': ['case', ['==', ['feature-state', 'a'], 1], x, y],
    'global-state': ['case', ['==', ['global-state', 'a'], 1], x, y],
    'coalesce': ['coalesce', ['get', 'nada'], x],
    'of the wrong type': ['literal', { a: 1 }],
    'an unknown operator': ['palabra', 1],
    'a function of the zoom': { stops: [[5, a], [9, b]] },
    'a function of the data': { property: 'uo', type: 'categorical', stops: [['a', a], ['b', b]] },
  };
}

const lines = [];
const cases = [];
for (const { type, group, name } of documented()) {
  const spec = latest[`${group}_${type}`][name];
  if (!spec) {
    lines.push(`not ok ${name} is a property of ${type} layers (${group})`);
    continue;
  }
  for (const [how, value] of Object.entries(variants(spec))) {
    const layer = { id: 'capa', type, [group]: { [name]: value } };
    if (type !== 'background') Object.assign(layer, { source: 'sigg', 'source-layer': 'municipios' });
    const style = { version: 8, glyphs: 'https://ejemplo.bo/{fontstack}/{range}', sprite: 'https://ejemplo.bo/signos',
      sources: { sigg: { type: 'vector', url: 'https://ejemplo.bo/sigg.json' } }, state: { a: { default: 1 } }, layers: [layer] };
    const path = `${folder}/${cases.length}.json`;
    writeFileSync(path, JSON.stringify(style));
    const theirs = validateStyleMin(style);
    const checked = spawnSync(sigg, ['style', 'check', path]);
    const ours = checked.status === 0 ? '' : checked.stdout.toString();
    const where = `layers[0].${group}.${name}`;
    const agree = theirs.length === 0 ? checked.status === 0
      : checked.status === 1 && ours !== '' && ours.split('\n').filter(Boolean).every((line) => line.startsWith(where));
    cases.push({ name, how, agree, valid: theirs.length === 0, theirs: theirs.map((one) => one.message).join('; '), ours: ours.trim(), value });
  }
}
const properties = [...new Set(cases.map((one) => one.name))];
for (const name of properties) {
  const of = cases.filter((one) => one.name === name), wrong = of.filter((one) => !one.agree);
  for (const one of wrong) console.log(`# ${name}, ${one.how}: ${JSON.stringify(one.value)}\n#   validator: ${one.theirs || 'valid'}\n#   sigg: ${one.ours || 'valid'}`);
  console.log(`${wrong.length === 0 ? 'ok' : 'not ok'} ${name}: valid and invalid as the validator has it (${of.filter((one) => one.valid).length} of ${of.length} ways valid)`);
}
for (const line of lines) console.log(line);
console.log(`# ${properties.length} properties, ${cases.length} styles`);
