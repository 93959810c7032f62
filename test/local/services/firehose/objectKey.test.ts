import { expect } from "chai";
import { objectKey } from "../../../../local/services/firehose/deliveryStream.ts";

const time = Date.UTC(2026, 0, 31, 9, 5, 7, 123);
const id = "6b1c2d3e-0000-4000-8000-000000000000";

describe("the key of an object that a delivery stream writes", () => {
  it("is the hour in UTC, the stream's name and version, the second, and an id", () => {
    const stream = { name: "events", prefix: "", compression: "UNCOMPRESSED" } as const;
    expect(objectKey(stream, time, id)).to.equal(
      `2026/01/31/09/events-1-2026-01-31-09-05-07-${id}`,
    );
  });

  it("begins with the prefix, just as it is, and ends as the compression says", () => {
    const stream = { name: "events", prefix: "all", compression: "GZIP" } as const;
    expect(objectKey(stream, time, id)).to.equal(
      `all2026/01/31/09/events-1-2026-01-31-09-05-07-${id}.gz`,
    );
  });

  it("is another one each time", () => {
    const stream = { name: "events", prefix: "", compression: "GZIP" } as const;
    expect(objectKey(stream, time)).not.to.equal(objectKey(stream, time));
  });
});
