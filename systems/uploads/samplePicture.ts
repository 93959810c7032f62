import { crc32, deflateSync } from "node:zlib";

/** A PNG with a gradient, of this width and height in pixels. */
export function samplePicture(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB, not interlaced
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows(width, height)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Each row begins with its filter type: 0 for none. */
function rows(width: number, height: number): Buffer[] {
  return Array.from({ length: height }, (_row, y) => {
    const row = Buffer.alloc(1 + 3 * width);
    for (let x = 0; x < width; x++) {
      row.set([Math.round((255 * x) / width), Math.round((255 * y) / height), 160], 1 + 3 * x);
    }
    return row;
  });
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
