import { Jimp } from "../../../handlers/samples/image/decodeImage.ts";

type Type = "image/png" | "image/jpeg" | "image/gif" | "image/bmp" | "image/tiff";

/** A picture: red on its left half, blue on its right. */
export async function picture(type: Type, width: number, height: number): Promise<Buffer> {
  const image = new Jimp({ width, height, color: 0xff0000ff });
  for (let y = 0; y < height; y++) {
    for (let x = Math.ceil(width / 2); x < width; x++) image.setPixelColor(0x0000ffff, x, y);
  }
  return Buffer.from(await image.getBuffer(type));
}

export type View = {
  readonly width: number;
  readonly height: number;
  readonly type: string | undefined;
  /** Colours by their place, near the middle of each edge. */
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
};

/** What a viewer would see of an image. */
export async function view(bytes: Buffer): Promise<View> {
  const image = await Jimp.fromBuffer(bytes);
  const { width, height } = image;
  const colour = (across: number, down: number) =>
    colourName(image.getPixelColor(Math.floor(width * across), Math.floor(height * down)));
  return {
    width,
    height,
    type: image.mime,
    left: colour(1 / 8, 1 / 2),
    right: colour(7 / 8, 1 / 2),
    top: colour(1 / 2, 1 / 8),
    bottom: colour(1 / 2, 7 / 8),
  };
}

function colourName(colour: number): string {
  const [red = 0, green = 0, blue = 0] = [24, 16, 8].map((shift) => (colour >>> shift) & 0xff);
  if (red > 200 && green < 60 && blue < 60) return "red";
  if (blue > 200 && green < 60 && red < 60) return "blue";
  return `#${(colour >>> 8).toString(16).padStart(6, "0")}`;
}
