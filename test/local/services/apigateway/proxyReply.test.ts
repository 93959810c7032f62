import { expect } from "chai";
import { proxyReply } from "../../../../local/services/apigateway/rest/proxyReply.ts";

const malformed = {
  status: 502,
  headers: { "content-type": "application/json" },
  body: '{"message":"Internal server error"}',
};

describe("a function's result as the reply of a REST API", () => {
  const reply = (result: object) => proxyReply(JSON.stringify({ statusCode: 200, ...result }), []);

  it("has its headers with names in lower case, several values in lines of their own", () => {
    const headers = { "X-Count": 3 };
    const multiValueHeaders = { "Set-Cookie": ["a=1", "b=2"] };
    expect(reply({ headers, multiValueHeaders }).headers).to.deep.equal({
      "content-type": "application/json",
      "x-count": "3",
      "set-cookie": ["a=1", "b=2"],
    });
  });

  it("says nothing of the connection, which is not the function's", () => {
    const headers = { "Content-Length": "999", Connection: "close" };
    expect(reply({ headers, body: "four" }).headers).to.have.all.keys("content-type");
  });

  for (const [what, result] of [
    ["a header with a line break", { headers: { "x-a": "b\nx-c: d" } }],
    ["one of several values with a line break", { multiValueHeaders: { "x-a": ["b", "c\n"] } }],
    ["a header's name that is none", { headers: { "x a": "b" } }],
  ] as const) {
    it(`is answered as 502 for ${what}`, () => {
      expect(reply(result)).to.deep.equal(malformed);
    });
  }
});
