import { expect } from "chai";
import { Input } from "../../../../../local/services/sqs/api/input.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";

describe("the members of a request", () => {
  const input = new Input({
    text: "a",
    empty: "",
    nothing: null,
    number: 5,
    fraction: 1.5,
    list: ["a", "b"],
    map: { a: "1" },
  });

  it("are read as what they are", () => {
    expect(input.text("text")).to.equal("a");
    expect(input.integer("number")).to.equal(5);
    expect(input.texts("list")).to.deep.equal(["a", "b"]);
    expect(input.textMap("map")).to.deep.equal({ a: "1" });
  });

  it("are absent when missing or null, but not by the names of an object's own parts", () => {
    for (const name of ["missing", "nothing", "toString"]) {
      expect(input.text(name)).to.equal(undefined);
      expect(input.integer(name)).to.equal(undefined);
      expect(input.texts(name)).to.deep.equal([]);
      expect(input.textMap(name)).to.deep.equal({});
    }
  });

  it("are missed when required", () => {
    for (const name of ["missing", "empty"]) {
      expect(awsErrorOf(() => input.requiredText(name))).to.deep.equal({
        code: "MissingParameter",
        message: `The request must contain the parameter ${name}.`,
      });
    }
    expect(awsErrorOf(() => input.requiredInteger("missing")).code).to.equal("MissingParameter");
  });

  it("are refused when they are something else", () => {
    const wrong = [
      () => input.text("number"),
      () => input.integer("text"),
      () => input.integer("fraction"),
      () => input.texts("map"),
      () => input.textMap("list"),
      () => input.entries("list"),
      () => input.entryMap("map"),
    ];
    for (const read of wrong) expect(awsErrorOf(read).code).to.equal("SerializationException");
  });
});
