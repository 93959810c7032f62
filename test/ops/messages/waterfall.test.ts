import { expect } from "chai";
import { waterfall } from "../../../ops/messages/waterfall.ts";

const bar = (offset: number, length: number) =>
  `${" ".repeat(offset)}${"█".repeat(length)}`.padEnd(40);

describe("the waterfall of a trace", () => {
  it("has each span below its parent, a bar at its time, and why it failed", () => {
    const lines = waterfall([
      { spanId: "1", parentSpanId: "publisher", name: "publish orders", start: 100, end: 100 },
      { spanId: "2", parentSpanId: "1", name: "wait in billing", start: 100, end: 120 },
      { spanId: "4", parentSpanId: "1", name: "wait in audit", start: 100 },
      {
        spanId: "3",
        parentSpanId: "2",
        name: "process bill",
        start: 120,
        end: 140,
        error: "no money",
      },
    ]);
    expect(lines).to.deep.equal([
      `publish orders     ${bar(0, 1)}   0 ms`,
      `  wait in billing  ${bar(0, 20)}  20 ms`,
      `    process bill   ${bar(20, 20)}  20 ms  no money`,
      `  wait in audit    ${bar(0, 1)}    ...`,
    ]);
  });

  it("has bars of one character where everything happened at once", () => {
    expect(waterfall([{ spanId: "1", name: "publish orders", start: 5, end: 5 }])).to.deep.equal([
      `publish orders  ${bar(0, 1)}  0 ms`,
    ]);
  });
});
