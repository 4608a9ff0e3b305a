// list.mjs COUNT: plus codes of places all over the Earth, with the middle of their cells as the
// reference decoder has it: "code lon lat" a line. Lengths are 10 to 13 digits in turn.
import { createRequire } from 'node:module';

const { OpenLocationCode } = createRequire(import.meta.url)('open-location-code');
const codes = new OpenLocationCode();
let state = 20260601;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
for (let i = 0; i < Number(process.argv[2]); i++) {
  const code = codes.encode(180 * random() - 90, 360 * random() - 180, 10 + (i % 4));
  const cell = codes.decode(code);
  console.log(code, cell.longitudeCenter.toFixed(10), cell.latitudeCenter.toFixed(10));
}
