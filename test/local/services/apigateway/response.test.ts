import { expect } from "chai";
import { replyOf } from "../../../../local/services/apigateway/response.ts";

const json = { "content-type": "application/json" };
const malformed = { status: 500, headers: json, body: '{"message":"Internal Server Error"}' };

describe("a function's result as the reply of an HTTP API", () => {
  const reply = (result: unknown) => replyOf(JSON.stringify(result));

  it("is taken apart when it has a status code: headers in lower case, numbers and flags as texts", () => {
    expect(
      reply({
        statusCode: 201,
        headers: { "X-Count": 3, "Content-Type": "text/html" },
        body: "hi",
      }),
    ).to.deep.equal({
      status: 201,
      headers: { "content-type": "text/html", "x-count": "3" },
      body: "hi",
    });
  });

  it("is plain text when it names no type, and empty when it has no body", () => {
    const headers = { "content-type": "text/plain; charset=utf-8" };
    expect(reply({ statusCode: 200 })).to.deep.equal({ status: 200, headers, body: "" });
    expect(
      reply({ statusCode: 200, headers: null, body: null, cookies: null, isBase64Encoded: null }),
    ).to.deep.equal({ status: 200, headers, body: "" });
  });

  it("is decoded from base64 where it says so", () => {
    const { body } = reply({ statusCode: 200, body: "AP+A", isBase64Encoded: true });
    expect(body).to.deep.equal(Buffer.from([0, 255, 128]));
  });

  it("sets each cookie in a line of its own", () => {
    const { headers } = reply({ statusCode: 200, cookies: ["a=1; Secure", "b=2"] });
    expect(headers["set-cookie"]).to.deep.equal(["a=1; Secure", "b=2"]);
    expect(reply({ statusCode: 200, cookies: [] }).headers).not.to.have.key("set-cookie");
  });

  it("says nothing of the connection, which is not the function's", () => {
    const { headers } = reply({
      statusCode: 200,
      headers: { "Content-Length": "999", Connection: "close", "Transfer-Encoding": "chunked" },
      body: "four",
    });
    expect(Object.keys(headers)).to.deep.equal(["content-type"]);
  });

  for (const [what, result, body] of [
    ["an object", { message: "hi" }, '{"message":"hi"}'],
    ["a list", [1, 2], "[1,2]"],
    ["a text", "hi", "hi"],
    ["a number", 3, "3"],
    ["nothing", null, "null"],
  ] as const) {
    it(`is the JSON of a 200 when it is ${what} without a status code`, () => {
      expect(reply(result)).to.deep.equal({ status: 200, headers: json, body });
    });
  }

  for (const [what, result] of [
    ["a status code that is none", { statusCode: "200" }],
    ["a status code that HTTP does not have", { statusCode: 99 }],
    ["a body that is no text", { statusCode: 200, body: { message: "hi" } }],
    ["a header that is no text", { statusCode: 200, headers: { "x-list": ["a"] } }],
    ["a header with a line break", { statusCode: 200, headers: { "x-a": "b\nx-c: d" } }],
    ["a header's name that is none", { statusCode: 200, headers: { "x a": "b" } }],
    ["a cookie with a line break", { statusCode: 200, cookies: ["a=1", "b\r\n"] }],
  ] as const) {
    it(`is answered as 500 for ${what}`, () => {
      expect(reply(result)).to.deep.equal(malformed);
    });
  }
});
