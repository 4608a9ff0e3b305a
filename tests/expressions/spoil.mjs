// node spoil.mjs SIGG STYLE...: puts one error at a time into each style. What the
// specification's validator refuses, `sigg style check` must refuse too, at the same
// place of the JSON or the one around it. SIGG_EVERY=1 tries every place, else one of
// 29.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const sigg = process.argv[2];
const wrong = [42, 'nada', true, null, [], ['get'], ['+', 'a'], { a: 1 }, -1, ['literal', {}]];

// Every place of the document that the specification defines.
function* places(json, path = []) {
  for (const key of Object.keys(json)) {
    if (path.length === 0 && !['layers', 'version', 'sources'].includes(key)) continue;
    if (key === 'metadata') continue;
    yield [...path, key];
    // An expression is replaced as a whole, not in its parts.
    if (json[key] && typeof json[key] === 'object' && path.length < 4) yield* places(json[key], [...path, key]);
  }
}

const text = (path) => path.map((key) => (/^\d+$/.test(key) ? '[' + key + ']' : '.' + key)).join('').replace(/^\./, '');

let missed = 0, refused = 0, placed = 0;
process.argv.slice(3).forEach((file, s) => {
  const source = readFileSync(file, 'utf8');
  [...places(JSON.parse(source))].forEach((path, i) => {
    if ((i + s) % Number(process.env.SIGG_EVERY || 29) !== 0) return;
    const style = JSON.parse(source);
    let at = style;
    path.slice(0, -1).forEach((key) => { at = at[key]; });
    const value = wrong[(i * 7 + s) % wrong.length];
    at[path[path.length - 1]] = value;
    let problems;
    try { problems = validateStyleMin(style); } catch { return; }
    // An error about something missing elsewhere in the style (a glyphs URL) does not
    // count.
    if (!problems.some((problem) => problem.message.startsWith(text(path)))) return;
    refused++;
    const checked = spawnSync(sigg, ['style', 'check', '-'], { input: JSON.stringify(style) });
    if (checked.status === 1 && checked.stdout.toString().split('\n').some((line) => line.startsWith(text(path)) || line.startsWith(text(path.slice(0, -1)) + ':'))) placed++;
    else {
      missed++;
      if (missed <= 8) console.log(`missed in ${file}: ${text(path)} = ${JSON.stringify(value)}: ${problems[0].message}; we: ${checked.stdout.toString().split('\n')[0]}`);
    }
  });
});
console.log(`${missed} of ${refused} refused styles missed (${placed} found where they are wrong)`);
