import { samplePicture } from "../demo/scenes/samplePicture.ts";
import type { SampleFile } from "./example.ts";

const picture = { contentType: "image/png", body: samplePicture(600, 400) };

export const photos: readonly SampleFile[] = [
  { title: "A photo", key: "photo.png", ...picture },
  {
    title: "A photo to be resized to a width of 64",
    key: "small.png",
    ...picture,
    metadata: { width: "64" },
  },
  {
    title: "A photo with a width that makes no sense: only resizing fails",
    key: "wide.png",
    ...picture,
    metadata: { width: "wide" },
    poison: true,
  },
];
