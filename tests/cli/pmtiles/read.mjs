// read.mjs ARCHIVE TILES png|mvt MINZOOM MAXZOOM [leaves]: the reference reader
// finds in the archive each tile of the list ("z|x|y|bytes in hexadecimal").
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { PMTiles } from 'pmtiles';

const [archive, list, kind, low, high, leaves] = process.argv.slice(2);
const bytes = readFileSync(archive);
const source = {
  getKey: () => archive,
  getBytes: async (offset, length) => ({
    data: bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length),
  }),
};
const tiles = new PMTiles(source);
const header = await tiles.getHeader();
const metadata = await tiles.getMetadata();
const fail = (text) => { console.log(text); process.exit(1); };

if (header.specVersion !== 3 || !header.clustered) fail('not a clustered PMTiles 3');
if (header.minZoom !== Number(low) || header.maxZoom !== Number(high)) fail('zooms differ');
if (header.tileType !== (kind === 'mvt' ? 1 : 2)) fail('tile type ' + header.tileType);
if (leaves && !(header.leafDirectoryLength > 0)) fail('no leaf directories');
if (!metadata.name || !metadata.attribution.includes('simulados')) fail('metadata: ' + JSON.stringify(metadata));
if (kind === 'mvt' && !metadata.vector_layers?.length) fail('no vector_layers');

let n = 0;
for (const line of readFileSync(list, 'utf8').trim().split('\n')) {
  const [z, x, y, hex] = line.split('|');
  const tile = await tiles.getZxy(Number(z), Number(x), Number(y));
  if (!tile) fail(`no tile ${z}/${x}/${y}`);
  let wanted = Buffer.from(hex, 'hex');
  if (kind === 'mvt') wanted = gunzipSync(wanted); // the reader unpacks what it gives
  const sum = (data) => createHash('sha256').update(data).digest('hex');
  if (sum(Buffer.from(tile.data)) !== sum(wanted)) fail(`tile ${z}/${x}/${y} differs`);
  n++;
}
if (await tiles.getZxy(Number(low), 0, 0)) fail('a tile where there is none');
if (n < 20) fail(`only ${n} tiles`);
console.log(`${n} tiles`);
