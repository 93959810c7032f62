import type { ExampleFile } from "../../local/systems/examples.ts";
import { samplePicture } from "../uploads/samplePicture.ts";

const picture = { contentType: "image/png", body: () => samplePicture(600, 400) };

export const files: readonly ExampleFile[] = [
  { title: "A photo", key: "photo.png", ...picture },
  {
    title: "A photo to be resized to 64 pixels",
    key: "small.png",
    ...picture,
    metadata: { size: "64" },
  },
  {
    title: "A photo with a size that makes no sense: only resizing fails",
    key: "huge.png",
    ...picture,
    metadata: { size: "huge" },
    poison: true,
  },
];
