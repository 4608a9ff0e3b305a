// lint.mjs FILE: what Redocly's recommended rules find in a description of an API, a line
// each. A warning counts like an error.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
const [file] = process.argv.slice(2);
const problems = await lintFromString({
  source: readFileSync(file, 'utf8'),
  absoluteRef: file,
  config: await createConfig({ extends: ['recommended'] }),
});
for (const { severity, ruleId, location, message } of problems)
  console.log(`${severity} ${ruleId} ${location[0]?.pointer ?? ''} ${message}`);
process.exit(problems.length ? 1 : 0);
