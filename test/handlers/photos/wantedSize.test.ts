import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { wantedSize } from "../../../handlers/photos/wantedSize.ts";

const photo = (metadata: Record<string, string>) => ({
  etag: "etag",
  size: 1,
  contentType: "image/png",
  lastModified: new Date(0),
  metadata,
});

describe("the size that a photo is resized to", () => {
  it("is 256 pixels where the uploader does not say", () => {
    expect(wantedSize(photo({ camera: "old" }))).to.equal(256);
  });

  it("is what the uploader says, from 16 to 2048", () => {
    for (const size of [16, 64, 2048]) {
      expect(wantedSize(photo({ size: String(size) }))).to.equal(size);
    }
  });

  for (const size of ["", "huge", "15", "2049", "-64", "64.5", "1e3"]) {
    it(`cannot be "${size}", for good`, () => {
      expect(() => wantedSize(photo({ size }))).to.throw(
        PermanentError,
        "not a valid photo's metadata: size:",
      );
    });
  }
});
