// Decodes PNG files of 8 bits a channel or less, and counts pixels that differ.
import { inflateSync } from 'node:zlib';

export function decode(png) {
  const idat = [];
  let width = 0, height = 0, kind = 0, palette = null;
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at), type = png.toString('latin1', at + 4, at + 8), data = png.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') [width, height, kind] = [data.readUInt32BE(0), data.readUInt32BE(4), data[9]];
    if (type === 'PLTE') palette = data;
    if (type === 'IDAT') idat.push(data);
    if (type === 'IHDR' && data[8] !== 8) return decode8(png, data[8]);
    at += 12 + size;
  }
  return unfilter(inflateSync(Buffer.concat(idat)), width, height, kind, palette, 8);
}

// Palettes of few colours take fewer bits a pixel.
function decode8(png, depth) {
  const idat = [];
  let width = 0, height = 0, palette = null;
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at), type = png.toString('latin1', at + 4, at + 8), data = png.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (type === 'PLTE') palette = data;
    if (type === 'IDAT') idat.push(data);
    at += 12 + size;
  }
  return unfilter(inflateSync(Buffer.concat(idat)), width, height, 3, palette, depth);
}

function unfilter(raw, width, height, kind, palette, depth) {
  const channels = { 0: 1, 2: 3, 3: 1, 6: 4 }[kind], row = Math.ceil(width * channels * depth / 8), step = Math.max(1, channels * depth / 8);
  const rgb = Buffer.alloc(width * height * 3);
  let before = Buffer.alloc(row);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)], line = Buffer.from(raw.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)));
    for (let i = 0; i < row; i++) {
      const a = i >= step ? line[i - step] : 0, b = before[i], c = i >= step ? before[i - step] : 0;
      const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
      line[i] += [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter];
    }
    for (let x = 0; x < width; x++) {
      let from = line, at = x * channels;
      if (kind === 3) {
        const bit = x * depth;
        at = 3 * ((line[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1));
        from = palette;
      }
      for (let c = 0; c < 3; c++) rgb[(y * width + x) * 3 + c] = from[at + (channels === 1 && kind === 0 ? 0 : c)];
    }
    before = line;
  }
  return { width, height, rgb };
}

// Share of the pixels above row `rows` that differ by more than `apart` of 255 in
// some channel from every pixel of the other picture within one pixel: edges may
// be smoothed otherwise, not lie elsewhere.
export function difference(a, b, apart, rows) {
  let differ = 0, ink = 0;
  const near = (from, to, x, y) => {
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [u, v] = [x + dx, y + dy];
        if (u < 0 || v < 0 || u >= to.width || v >= to.height) continue;
        let most = 0;
        for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(from.rgb[(y * from.width + x) * 3 + c] - to.rgb[(v * to.width + u) * 3 + c]));
        if (most <= apart) return true;
      }
    return false;
  };
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < a.width; x++) {
      const at = (y * a.width + x) * 3;
      ink += a.rgb[at] + a.rgb[at + 1] + a.rgb[at + 2] < 3 * 250 ? 1 : 0;
      if (!near(a, b, x, y) || !near(b, a, x, y)) differ++;
    }
  return { share: differ / (a.width * rows), ink: ink / (a.width * rows) };
}
