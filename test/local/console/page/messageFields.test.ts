import { expect } from "chai";
import {
  fieldsOf,
  parseObject,
  valueAt,
  withValueAt,
} from "../../../../local/console/page/forms/messageFields.ts";

describe("the fields of a form for messages", () => {
  const fields = (...messages: unknown[]) =>
    fieldsOf(messages.map((message) => JSON.stringify(message))).map(
      ({ path, kind, required, values }) => [path.join("."), kind, required, ...values],
    );

  it("are the texts, numbers and booleans of the examples, with the values that they have", () => {
    expect(
      fields(
        { id: "o-1", type: "placed", customer: { email: "a@b.c", vip: true }, items: [{ sku: 1 }] },
        { id: "o-2", type: "paid", customer: { email: "a@b.c" }, total: 5 },
      ),
    ).to.deep.equal([
      ["id", "text", true, "o-1", "o-2"],
      ["type", "text", true, "placed", "paid"],
      ["customer.email", "text", true, "a@b.c"],
      ["customer.vip", "boolean", false],
      ["total", "number", false],
    ]);
  });

  it("leave out what is of two kinds, and messages that are no objects", () => {
    expect(fields({ a: 1, b: 1 }, { a: "1", b: 2 }, "text", [1], null)).to.deep.equal([
      ["b", "number", true],
    ]);
    expect(fieldsOf(["{", "plain"])).to.deep.equal([]);
  });

  it("read and change a message, and remove what is emptied", () => {
    const document = { a: { b: 1, c: 2 }, d: "x" };
    expect(valueAt(document, ["a", "b"])).to.equal(1);
    expect(valueAt(document, ["a", "x", "y"])).to.equal(undefined);
    expect(valueAt(document, ["constructor"])).to.equal(undefined);
    expect(withValueAt(document, ["a", "b"], 5)).to.deep.equal({ a: { b: 5, c: 2 }, d: "x" });
    expect(withValueAt(document, ["d"], undefined)).to.deep.equal({ a: { b: 1, c: 2 } });
    expect(withValueAt({}, ["n", "m"], true)).to.deep.equal({ n: { m: true } });
    expect(document).to.deep.equal({ a: { b: 1, c: 2 }, d: "x" });
    expect(parseObject("[1]")).to.equal(undefined);
  });
});
