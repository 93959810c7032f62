import { expect } from "chai";
import * as v from "valibot";
import { parseJson } from "../../../handlers/lib/parseJson.ts";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";

const shape = v.object({ id: v.string(), lines: v.array(v.object({ count: v.number() })) });

describe("parseJson", () => {
  it("gives the value, without fields that the schema does not name", () => {
    const text = '{"id":"a","lines":[{"count":1,"colour":"red"}],"more":true}';
    expect(parseJson(shape, text, "list")).to.deep.equal({ id: "a", lines: [{ count: 1 }] });
  });

  it("refuses for good what is not valid, with every problem by its path", () => {
    const text = '{"lines":[{"count":1},{"count":"2"}]}';
    expect(() => parseJson(shape, text, "list"))
      .to.throw(PermanentError)
      .with.property(
        "message",
        'not a valid list: id: Invalid key: Expected "id" but received undefined; lines.1.count: Invalid type: Expected number but received "2"',
      );
  });

  it("says what a value as a whole should have been", () => {
    expect(() => parseJson(shape, "7", "list"))
      .to.throw(PermanentError)
      .with.property("message", "not a valid list: Invalid type: Expected Object but received 7");
  });

  it("refuses for good what is not JSON", () => {
    expect(() => parseJson(shape, "{id", "list"))
      .to.throw(PermanentError)
      .with.property("message")
      .that.matches(/^not a valid list: not JSON: /);
  });
});
