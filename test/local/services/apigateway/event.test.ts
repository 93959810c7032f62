import { expect } from "chai";
import { isObject } from "../../../../aws/isObject.ts";
import type { WebRequest } from "../../../../local/protocol/webMessage.ts";
import {
  type Entrance,
  eventOf,
  newRequestId,
} from "../../../../local/services/apigateway/event.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const domainName = "bookings.execute-api.eu-west-1.amazonaws.com";

const entrance: Entrance = {
  apiId: "bookings",
  domainName,
  routeKey: "POST /bookings",
  requestId: "JKJaXmPLvHcESHA=",
  time: Date.UTC(2026, 0, 31, 10, 30, 5),
};

describe("the event of an HTTP API, payload format 2.0", () => {
  const event = (changes: Partial<WebRequest> = {}) => {
    const made = eventOf(webRequest(changes), entrance);
    if (!isObject(made)) throw new Error("the event is no object");
    return made;
  };
  const headers = (changes: Partial<WebRequest> = {}) => {
    const { headers: made } = event(changes);
    if (!isObject(made)) throw new Error("the event has no headers");
    return made;
  };

  it("has the fields that API Gateway sends, each in its form", () => {
    const body = '{"name":"Ada"}';
    const made = event({
      method: "POST",
      query: "debug=1&tag=a&tag=b%20c",
      headers: {
        host: "127.0.0.1:4566",
        "user-agent": "browser",
        "content-type": "application/json",
        cookie: "theme=dark; session=1",
      },
      body: Buffer.from(body),
    });
    const traceId = isObject(made.headers) ? made.headers["x-amzn-trace-id"] : undefined;
    expect(traceId).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(made).to.deep.equal({
      version: "2.0",
      routeKey: "POST /bookings",
      rawPath: "/bookings",
      rawQueryString: "debug=1&tag=a&tag=b%20c",
      cookies: ["theme=dark", "session=1"],
      headers: {
        "content-length": "14",
        "content-type": "application/json",
        host: domainName,
        "user-agent": "browser",
        "x-amzn-trace-id": traceId,
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
      },
      queryStringParameters: { debug: "1", tag: "a,b c" },
      requestContext: {
        accountId: "000000000000",
        apiId: "bookings",
        domainName,
        domainPrefix: "bookings",
        http: {
          method: "POST",
          path: "/bookings",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "browser",
        },
        requestId: "JKJaXmPLvHcESHA=",
        routeKey: "POST /bookings",
        stage: "$default",
        time: "31/Jan/2026:10:30:05 +0000",
        timeEpoch: 1_769_855_405_000,
      },
      body,
      isBase64Encoded: false,
    });
  });

  it("lacks what the request lacks: query parameters, cookies, body", () => {
    expect(event()).to.have.all.keys(
      "version",
      "routeKey",
      "rawPath",
      "rawQueryString",
      "headers",
      "requestContext",
      "isBase64Encoded",
    );
    expect(event()).to.include({ rawQueryString: "", isBase64Encoded: false });
  });

  for (const [type, isText] of [
    ["text/plain", true],
    ["text/csv; charset=utf-8", true],
    ["application/json", true],
    ["application/json; charset=utf-8", true],
    ["application/xml", true],
    ["application/javascript", true],
    ["application/x-www-form-urlencoded", false],
    ["application/jsonlines", false],
    ["application/vnd.api+json", false],
    ["image/png", false],
    [undefined, false],
  ] as const) {
    it(`hands on a body ${type === undefined ? "without a type" : `of ${type}`} as ${isText ? "text" : "base64"}`, () => {
      const made = event({
        headers: type === undefined ? {} : { "content-type": type },
        body: Buffer.from("née"),
      });
      expect({ body: made.body, isBase64Encoded: made.isBase64Encoded }).to.deep.equal(
        isText
          ? { body: "née", isBase64Encoded: false }
          : { body: "bsOpZQ==", isBase64Encoded: true },
      );
    });
  }

  it("adds the caller to those that forwarded the request before", () => {
    expect(headers({ headers: { "x-forwarded-for": "203.0.113.7" } })).to.include({
      "x-forwarded-for": "203.0.113.7, 127.0.0.1",
    });
  });

  it("leaves out what belongs to the connection", () => {
    const made = headers({ headers: { connection: "close", "transfer-encoding": "chunked" } });
    expect(made).not.to.have.any.keys("connection", "transfer-encoding");
  });

  it("has the path decoded, and as it is where that is impossible", () => {
    expect(event({ path: "/a%20b" }).rawPath).to.equal("/a b");
    expect(event({ path: "/100%" }).rawPath).to.equal("/100%");
  });

  it("has an id of its own for each request, of the length of API Gateway's", () => {
    const ids = [newRequestId(), newRequestId()];
    expect(new Set(ids).size).to.equal(2);
    for (const id of ids) expect(id).to.match(/^[\w-]{15}=$/);
  });
});
