import type { ExampleFile } from "../../local/systems/examples.ts";
import { samplePicture } from "./samplePicture.ts";

export const files: readonly ExampleFile[] = [
  {
    title: "A picture",
    key: "picture.png",
    contentType: "image/png",
    body: () => samplePicture(600, 400),
  },
  {
    title: "A text",
    key: "notes.txt",
    contentType: "text/plain",
    body: () => Buffer.from("not a picture\n"),
  },
  {
    title: "A picture with special characters in its name",
    key: "holiday photos/crème brûlée + 100%.png",
    contentType: "image/png",
    body: () => samplePicture(300, 900),
  },
];
