import { expect } from "chai";
import * as fc from "fast-check";
import { escapeValues } from "../../../aws/filterPolicy/escapeValues.ts";
import { explain } from "../../../aws/filterPolicy/match.ts";

/** Whether SNS lets a message with the attribute pass the policy that the component sends. */
function passes(values: unknown, stringValue: string): boolean {
  const attributes = { said: { dataType: "String", stringValue } };
  const policy = escapeValues({ said: values });
  return explain(policy, "MessageAttributes", { body: "", attributes }).matches;
}

describe("a filter on attributes with quotes and backslashes", () => {
  it("is escaped twice on the way to SNS", () => {
    expect(JSON.stringify(escapeValues({ said: ['he said "hi"', "C:\\temp"] }))).to.equal(
      String.raw`{"said":["he said \\\"hi\\\"","C:\\\\temp"]}`,
    );
  });

  it("is left as it is without them, whatever its operators", () => {
    const policy = {
      a: ["x", 1, true, null, { prefix: "x" }, { wildcard: "a*\\*" }, { numeric: [">", 1] }],
      $or: [{ b: [{ "anything-but": ["x"] }] }, { c: [{ exists: false }, { cidr: "10.0.0.0/8" }] }],
    };
    expect(escapeValues(policy)).to.deep.equal(policy);
  });

  it("matches the value that it names, by every operator on text", () => {
    const part = fc.string({ unit: fc.constantFrom('"', "\\", "a", "*", " "), maxLength: 6 });
    const literal = (text: string) => text.replace(/[\\*]/g, "\\$&");
    void fc.assert(
      fc.property(part, part, part, (start, middle, end) => {
        const text = `x${start}${middle}${end}y`;
        expect(passes([text], text)).to.equal(true);
        expect(passes([{ prefix: `x${start}` }], text)).to.equal(true);
        expect(passes([{ suffix: `${end}y` }], text)).to.equal(true);
        expect(passes([{ "equals-ignore-case": text.toUpperCase() }], text)).to.equal(true);
        expect(passes([{ wildcard: `x${literal(start)}*${literal(end)}y` }], text)).to.equal(true);
        expect(passes([{ "anything-but": [text] }], text)).to.equal(false);
        expect(passes([`${text}z`], text)).to.equal(false);
      }),
    );
  });
});
