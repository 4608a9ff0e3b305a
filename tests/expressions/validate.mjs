// node validate.mjs STYLE...: the messages of the specification's validator for each
// style, "ID<tab>problems" a line.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

for (const path of process.argv.slice(2)) {
  const problems = validateStyleMin(JSON.parse(readFileSync(path, 'utf8')));
  console.log(basename(path, '.json') + '\t' + problems.map((problem) => problem.message).join('; '));
}
