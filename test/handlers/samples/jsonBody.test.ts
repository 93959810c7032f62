import { expect } from "chai";
import * as v from "valibot";
import { HttpError } from "../../../handlers/samples/httpApi.ts";
import { readJsonBody } from "../../../handlers/samples/jsonBody.ts";
import { thrownBy } from "../../harness/assertions/failure.ts";
import { httpRequest, type RequestOptions } from "../../harness/handlers/httpRequests.ts";

const schema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(3, "Too short."), v.startsWith("A", "Not with A.")),
  stay: v.optional(v.strictObject({ nights: v.number("Not a number.") })),
});

function read(options: RequestOptions) {
  const headers = { "content-type": "application/json", ...options.headers };
  return readJsonBody(schema, httpRequest("POST /x", { ...options, headers }), 40);
}

function refusalOf(options: RequestOptions) {
  const error = thrownBy(() => read(options));
  if (!(error instanceof HttpError)) throw error;
  const { status, message, problems } = error;
  return { status, message, problems };
}

describe("a JSON body", () => {
  it("is read as text, and as base64", () => {
    const body = '{"name":"Ada"}';
    expect(read({ body })).to.deep.equal({ name: "Ada" });
    const encoded = Buffer.from('{"name":"Ädä"}'.replace("Ä", "A")).toString("base64");
    expect(read({ body: encoded, isBase64Encoded: true })).to.deep.equal({ name: "Adä" });
  });

  it("may name its encoding", () => {
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    expect(read({ headers, body: '{"name":"Ada"}' })).to.deep.equal({ name: "Ada" });
  });

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""]) {
    it(`is refused with 415 as "${type}", which a page of another site may send`, () => {
      const headers = { "content-type": type };
      expect(refusalOf({ headers, body: '{"name":"Ada"}' }).status).to.equal(415);
    });
  }

  it("is refused with 413 above the limit, counted in bytes", () => {
    const body = `{"name":"A${"ä".repeat(14)}"}`;
    expect(Buffer.byteLength(body)).to.equal(40);
    expect(read({ body })).to.deep.equal({ name: `A${"ä".repeat(14)}` });
    expect(refusalOf({ body: `${body} ` })).to.deep.equal({
      status: 413,
      message: "The body must have 40 bytes at most.",
      problems: undefined,
    });
  });

  it("is refused with 400 when it is no JSON, or none at all", () => {
    for (const body of ["{", undefined]) {
      const { status, message } = refusalOf(body === undefined ? {} : { body });
      expect(status).to.equal(400);
      expect(message).to.match(/^The body is not JSON: /);
    }
  });

  it("is refused with 400 that names each field once, by its path, with the first problem", () => {
    expect(refusalOf({ body: '{"name":"B","stay":{"nights":"2"}}' })).to.deep.equal({
      status: 400,
      message: "Please check: name, stay.nights.",
      problems: [
        { field: "name", message: "Too short." },
        { field: "stay.nights", message: "Not a number." },
      ],
    });
  });

  it("is called body where no field is to blame", () => {
    expect(refusalOf({ body: "null" }).problems?.[0]?.field).to.equal("body");
  });
});
