import { expect } from "chai";
import fc from "fast-check";
import {
  encodeFrame,
  type Frame,
  FrameReader,
} from "../../../../../local/services/lambda/bootstrap/frames.ts";

const frame = fc.record({
  kind: fc.constantFrom<Frame["kind"][]>("invocation", "log", "response", "error", "next"),
  text: fc.string({ unit: "grapheme" }),
});

describe("frames", () => {
  it("come out as they went in, however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(40)), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(({ kind, text }) => encodeFrame(kind, text)));
        const reader = new FrameReader();

        const received = chunks(bytes, cuts).flatMap((chunk) => reader.push(chunk));

        expect(received).to.deep.equal(sent);
      }),
    );
  });

  it("do not come out before their last byte is in", () => {
    const bytes = encodeFrame("log", "żółw");
    const reader = new FrameReader();

    expect(reader.push(bytes.subarray(0, -1))).to.deep.equal([]);
    expect(reader.push(bytes.subarray(-1))).to.deep.equal([{ kind: "log", text: "żółw" }]);
  });
});

function chunks(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const [length, ...more] = lengths;
  if (length === undefined) return [bytes];
  return [bytes.subarray(0, length), ...chunks(bytes.subarray(length), more)];
}
