import { expect } from "chai";
import { type WaterfallRow, waterfallOf } from "../../../../local/console/page/waterfall.ts";
import type { Span } from "../../../../local/trace/spans/span.ts";

const minute = 60_000;

function span(
  spanId: string,
  parentSpanId: string,
  name: string,
  start: number,
  end?: number,
): Span {
  return {
    ...{ traceId: "t", spanId, parentSpanId, name, kind: "internal", service: "s", start },
    ...(end !== undefined && { end }),
    attributes: {},
  };
}

/** `publish 0-100`, and indented below it what it caused. */
function outline(rows: readonly WaterfallRow[], indent = ""): string[] {
  return rows.flatMap(({ span: { name }, left, width, below }) => [
    `${indent}${name} ${left}-${left + width}`,
    ...outline(below, `${indent}  `),
  ]);
}

describe("a waterfall", () => {
  it("puts each span below what caused it, in percent of the whole time", () => {
    const { start, rows } = waterfallOf(
      [
        span("a", "caller", "publish", 1000, 1000),
        span("b", "a", "wait in billing", 1010, 1020),
        span("c", "b", "process billing", 1020, 1100),
      ],
      5000,
    );
    expect(start).to.equal(1000);
    expect(outline(rows)).to.deep.equal([
      "publish 0-0",
      "  wait in billing 10-20",
      "    process billing 20-100",
    ]);
  });

  it("shows the retries of a queue one after another, beside its first wait", () => {
    const { rows } = waterfallOf(
      [
        span("a", "", "publish", 0, 0),
        span("b", "a", "wait in billing", 0, 10),
        span("c", "a", "wait in audit", 0, 10),
        span("d", "b", "process billing", 10, 20),
        span("e", "b", "wait in billing", 20, 90),
        span("f", "e", "process billing", 90, 100),
      ],
      100,
    );
    expect(outline(rows)).to.deep.equal([
      "publish 0-0",
      "  wait in billing 0-10",
      "    process billing 10-20",
      "  wait in billing 20-90",
      "    process billing 90-100",
      "  wait in audit 0-10",
    ]);
  });

  it("lets what still lasts reach to the present", () => {
    const { rows } = waterfallOf([span("a", "", "publish", 0, 0), span("b", "a", "wait", 50)], 200);
    expect(outline(rows)).to.deep.equal(["publish 0-0", "  wait 25-100"]);
  });

  it("marks the axis in units that people count in, five marks at most", () => {
    const marks = (length: number) =>
      waterfallOf([span("a", "", "wait", 0, length)], 0).ticks.map(({ time }) => time);
    expect(marks(0)).to.deep.equal([0, 1]);
    expect(marks(87)).to.deep.equal([0, 20, 40, 60, 80]);
    expect(marks(4 * minute + 1)).to.deep.equal([0, 1, 2, 3, 4].map((n) => n * minute));
    expect(marks(365 * 24 * 60 * minute)).to.have.length.at.most(5);
  });
});
