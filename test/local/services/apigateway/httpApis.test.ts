import { createServer, type Server } from "node:http";
import { expect } from "chai";
import type { AccessRequest, Decision } from "../../../../local/protocol/access.ts";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import type { WebRequest } from "../../../../local/protocol/webMessage.ts";
import { HttpApis } from "../../../../local/services/apigateway/httpApis.ts";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:front-door";
const roleArn = "arn:aws:iam::000000000000:role/api";
const source = "arn:aws:execute-api:eu-west-1:000000000000:bookings/$default/GET/bookings";

describe("an HTTP API", () => {
  let clock: ManualClock;
  let trace: Trace;
  let apis: HttpApis;
  let events: string[];
  let asked: AccessRequest[];
  let endpoint = "";
  let decision: Decision;
  let trusted: boolean;
  let result: () => Promise<InvocationResult>;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    events = [];
    asked = [];
    decision = { allowed: true };
    trusted = true;
    result = async () => succeeded({ statusCode: 200, body: "rooms" });
    apis = new HttpApis({
      clock,
      trace,
      region: "eu-west-1",
      endpoint: () => endpoint,
      authentication: ownerOnly,
      decide: () => "none",
      credentials: () => ({ accessKeyId: "key-of-api", secretAccessKey: "secret" }),
      assume: (arn) =>
        trusted ? { allowed: true } : { allowed: false, reason: `${arn} trusts none` },
      authorize: (request) => {
        asked.push(request);
        return decision;
      },
      functions: {
        invoke: (arn, event) => {
          expect(arn).to.equal(functionArn);
          events.push(event);
          return result();
        },
      },
    });
    apis.create("bookings");
    apis.addIntegration("bookings", "front-door", { functionArn, timeoutMilliseconds: 10_000 });
    apis.addRoute("bookings", "GET /bookings", "front-door");
  });

  function succeeded(value: unknown): InvocationResult {
    const payload = JSON.stringify(value);
    return { outcome: "succeeded", requestId: "i-1", payload, log: "", milliseconds: 1 };
  }

  const answer = (changes: Partial<WebRequest> = {}) =>
    apis.answer("bookings", webRequest(changes));
  const said = async (changes: Partial<WebRequest> = {}) => {
    const { status, body } = await answer(changes);
    return [status, String(body)];
  };

  it("is known by a domain and an ARN", () => {
    expect(apis.create("photos")).to.deep.equal({
      id: "photos",
      domainName: "photos.execute-api.eu-west-1.amazonaws.com",
      executionArn: "arn:aws:execute-api:eu-west-1:000000000000:photos",
    });
    expect(apis.idAt("photos.execute-api.eu-west-1.amazonaws.com")).to.equal("photos");
    expect(apis.idAt("photos.example.com")).to.equal(undefined);
  });

  it("answers preflights of pages of other origins itself if it has settings for them", async () => {
    apis.deploy("bookings");
    const headers = { origin: "https://shop.example", "access-control-request-method": "GET" };
    expect((await answer({ method: "OPTIONS", headers })).status).to.equal(404);
    apis.setCors("bookings", { allowOrigins: ["https://shop.example"], allowMethods: ["GET"] });
    const { status, headers: allowed } = await answer({ method: "OPTIONS", headers });
    expect(status).to.equal(204);
    expect(allowed).to.include({
      "access-control-allow-origin": "https://shop.example",
      "access-control-allow-methods": "GET",
    });
    expect(events).to.deep.equal([]);
    const read = async (origin: string) => (await answer({ headers: { origin } })).headers;
    expect(await read("https://shop.example")).to.include({
      "access-control-allow-origin": "https://shop.example",
    });
    expect(await read("https://other.example")).not.to.have.any.keys("access-control-allow-origin");
  });

  it("answers nothing before it has a stage", async () => {
    expect(await said()).to.deep.equal([404, '{"message":"Not Found"}']);
    expect(events).to.deep.equal([]);
  });

  describe("with a stage", () => {
    beforeEach(() => apis.deploy("bookings"));

    it("invokes the route's function with the request, and answers with what it returns", async () => {
      const { headers, ...reply } = await answer();
      expect(reply).to.deep.equal({ status: 200, body: "rooms" });
      const [event] = events.map((text) => JSON.parse(text));
      expect(event).to.include({ version: "2.0", routeKey: "GET /bookings" });
      expect(event.requestContext).to.include({
        apiId: "bookings",
        domainName: "bookings.execute-api.eu-west-1.amazonaws.com",
        timeEpoch: clock.now(),
      });
      expect(headers["apigw-requestid"]).to.equal(event.requestContext.requestId);
      expect(trace.recent()).to.deep.equal([]);
    });

    it("asks whether this route may invoke the function", async () => {
      await answer();
      expect(asked).to.deep.equal([
        {
          principal: { kind: "service", name: "apigateway.amazonaws.com" },
          action: "lambda:InvokeFunction",
          resource: functionArn,
          context: {
            "aws:SourceArn": source,
            "aws:SourceAccount": "000000000000",
            "aws:SecureTransport": "true",
          },
        },
      ]);
    });

    it("answers 500 when it may not, and says why in the trace alone", async () => {
      decision = { allowed: false, reason: "no statement allows it" };
      expect(await said()).to.deep.equal([500, '{"message":"Internal Server Error"}']);
      expect(events).to.deep.equal([]);
      expect(trace.recent()).to.have.lengthOf(1);
      expect(trace.recent()[0]).to.include({
        kind: "denied",
        from: source,
        to: functionArn,
        reason: "no statement allows it",
      });
    });

    for (const [what, request] of [
      ["another path", { path: "/bookings/1" }],
      ["another method", { method: "POST" }],
      ["a path with a slash more", { path: "/bookings/" }],
    ] as const) {
      it(`answers 404 for ${what}`, async () => {
        expect(await said(request)).to.deep.equal([404, '{"message":"Not Found"}']);
        expect(events).to.deep.equal([]);
      });
    }

    it("takes the default route for what no other takes", async () => {
      apis.addRoute("bookings", "$default", "front-door");
      await answer();
      await answer({ method: "DELETE", path: "/anything" });
      expect(events.map((event) => JSON.parse(event).routeKey)).to.deep.equal([
        "GET /bookings",
        "$default",
      ]);
    });

    it("takes 10 MiB, and answers 413 above", async () => {
      const mebibytes10 = Buffer.alloc(10 * 1024 * 1024);
      expect((await answer({ body: mebibytes10 })).status).to.equal(200);
      expect(await said({ body: Buffer.concat([mebibytes10, Buffer.alloc(1)]) })).to.deep.equal([
        413,
        '{"message":"Request Entity Too Large"}',
      ]);
      expect(events).to.have.lengthOf(1);
    });

    it("answers 500 when the function fails, without a word of why, which is in the trace", async () => {
      const error = { errorType: "Error", errorMessage: "the table is gone" };
      result = async () => ({
        outcome: "failed",
        requestId: "i-1",
        error,
        log: "",
        milliseconds: 1,
      });
      expect(await said()).to.deep.equal([500, '{"message":"Internal Server Error"}']);
      expect(trace.recent()).to.have.lengthOf(1);
      expect(trace.recent()[0]).to.include({ kind: "failed", reason: "the table is gone" });
    });

    it("answers 413 for an event that is too large for Lambda, and 500 for a function that is gone", async () => {
      const tooLarge = new AwsError("RequestTooLargeException", "Request must be smaller");
      result = () => Promise.reject(tooLarge);
      expect(await said()).to.deep.equal([413, '{"message":"Request Entity Too Large"}']);
      const gone = new AwsError("ResourceNotFoundException", "Function not found");
      result = () => Promise.reject(gone);
      expect(await said()).to.deep.equal([500, '{"message":"Internal Server Error"}']);
      const failures = trace.recent().map((hop) => [hop.kind, hop.to, Reflect.get(hop, "reason")]);
      expect(failures).to.deep.equal([
        ["failed", functionArn, "Request must be smaller"],
        ["failed", functionArn, "Function not found"],
      ]);
    });

    it("answers 503 when all that the function may run at once is running", async () => {
      result = async () => ({ outcome: "throttled", requestId: "i-1" });
      expect(await said()).to.deep.equal([503, '{"message":"Service Unavailable"}']);
    });

    it("answers 503 when the function takes longer than the integration waits", async () => {
      const late = Promise.withResolvers<InvocationResult>();
      result = () => late.promise;
      const reply = said();
      let isAnswered = false;
      void reply.then(() => {
        isAnswered = true;
      });
      await clock.advance(9_999);
      expect(isAnswered).to.equal(false);
      await clock.advance(1);
      expect(await reply).to.deep.equal([503, '{"message":"Service Unavailable"}']);
      late.resolve(succeeded({ statusCode: 200 }));
    });
  });

  it("lets a burst through, then so many a second, and answers 429 to the others", async () => {
    apis.deploy("bookings", { throttling: { perSecond: 2, burst: 3 } });
    const statuses = async (requests: number) => {
      const replies = await Promise.all(Array.from({ length: requests }, () => answer()));
      return replies.map(({ status }) => status);
    };
    expect(await statuses(4)).to.deep.equal([200, 200, 200, 429]);
    expect(await said()).to.deep.equal([429, '{"message":"Too Many Requests"}']);
    await clock.advance(499);
    expect(await statuses(1)).to.deep.equal([429]);
    await clock.advance(1);
    expect(await statuses(2)).to.deep.equal([200, 429]);
    await clock.advance(60_000);
    expect(await statuses(4)).to.deep.equal([200, 200, 200, 429]);
    expect(events).to.have.lengthOf(7);
  });

  it("rejects a route key without a method, as AWS does", () => {
    expect(() => apis.addRoute("bookings", "bookings", "front-door"))
      .to.throw(AwsError)
      .that.includes({ code: "BadRequestException" });
  });

  for (const { path, method, routeKey, pathParameters } of [
    { path: "/rooms/7", method: "GET", routeKey: "GET /rooms/{id}", pathParameters: { id: "7" } },
    { path: "/rooms/new", method: "GET", routeKey: "GET /rooms/new", pathParameters: undefined },
    { path: "/rooms/7", method: "PUT", routeKey: "ANY /rooms/{id}", pathParameters: { id: "7" } },
    { path: "/a/b", method: "PUT", routeKey: "ANY /{proxy+}", pathParameters: { proxy: "a/b" } },
  ]) {
    it(`answers ${method} ${path} by the route "${routeKey}"`, async () => {
      const keys = ["ANY /{proxy+}", "ANY /rooms/{id}", "GET /rooms/{id}", "GET /rooms/new"];
      for (const key of keys) apis.addRoute("bookings", key, "front-door");
      apis.deploy("bookings");
      await answer({ method, path });
      const [event] = events.map((text) => JSON.parse(text));
      expect([event.routeKey, event.pathParameters]).to.deep.equal([routeKey, pathParameters]);
    });
  }

  it("serves a named stage below its name, with its variables", async () => {
    apis.deploy("bookings", { variables: { level: "low" } }, "dev");
    expect((await answer()).status).to.equal(404);
    expect((await answer({ path: "/dev/bookings" })).status).to.equal(200);
    const [event] = events.map((text) => JSON.parse(text));
    expect(event).to.deep.include({ rawPath: "/dev/bookings", stageVariables: { level: "low" } });
    expect(event.requestContext.stage).to.equal("dev");
    expect(asked.map(({ context }) => context["aws:SourceArn"])).to.deep.equal([
      "arn:aws:execute-api:eu-west-1:000000000000:bookings/dev/GET/bookings",
    ]);
  });

  it("sends the event of payload format 1.0 to an integration that asks for it", async () => {
    const old = { functionArn, timeoutMilliseconds: 10_000, payloadFormat: "1.0" } as const;
    apis.addIntegration("bookings", "old", old);
    apis.addRoute("bookings", "GET /old/{id}", "old");
    apis.deploy("bookings");
    await answer({ path: "/old/7" });
    const [event] = events.map((text) => JSON.parse(text));
    expect(event).to.deep.include({
      version: "1.0",
      resource: "/old/{id}",
      path: "/old/7",
      pathParameters: { id: "7" },
      body: null,
    });
  });

  it("invokes a function as the role that the integration names", async () => {
    apis.addIntegration("bookings", "as-role", {
      ...{ functionArn, timeoutMilliseconds: 10_000, credentials: roleArn },
    });
    apis.addRoute("bookings", "GET /as-role", "as-role");
    apis.deploy("bookings");
    expect((await answer({ path: "/as-role" })).status).to.equal(200);
    expect(asked.map(({ principal, resource }) => [principal, resource])).to.deep.equal([
      [{ kind: "role", arn: roleArn }, functionArn],
    ]);
  });

  const service = (requestParameters: Readonly<Record<string, string>>) => ({
    ...{ subtype: "EventBridge-PutEvents", credentialsArn: roleArn, requestParameters },
  });

  for (const [what, integration] of [
    ["function", { functionArn, timeoutMilliseconds: 10_000, credentials: roleArn }],
    ["service", { service: service({}), timeoutMilliseconds: 10_000 }],
  ] as const) {
    it(`calls no ${what} as a role that does not trust API Gateway, and traces why`, async () => {
      trusted = false;
      endpoint = "http://127.0.0.1:1";
      apis.addIntegration("bookings", "as-role", integration);
      apis.addRoute("bookings", "GET /as-role", "as-role");
      apis.deploy("bookings");
      expect(await said({ path: "/as-role" })).to.deep.equal([
        500,
        '{"message":"Internal Server Error"}',
      ]);
      expect([asked, events]).to.deep.equal([[], []]);
      expect(trace.recent()).to.have.lengthOf(1);
      expect(trace.recent()[0]).to.include({
        kind: "denied",
        from: source.replace("bookings/$default/GET/bookings", "bookings/$default/GET/as-role"),
        to: roleArn,
        reason: `${roleArn} trusts none`,
      });
    });
  }

  describe("with a service that is called", () => {
    let server: Server;
    let calls: object[];
    let arrived: PromiseWithResolvers<void>;
    let answering: Promise<void>;
    beforeEach(async () => {
      calls = [];
      arrived = Promise.withResolvers();
      answering = Promise.resolve();
      server = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        calls.push({ target: request.headers["x-amz-target"], body: JSON.parse(body) });
        arrived.resolve();
        await answering;
        response.end('{"FailedEntryCount":0}');
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
      const requestParameters = {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of API Gateway's parameter mapping
        Source: "shop-${request.header.kind}",
        Detail: "$request.body",
        Resources: "$request.body.constructor",
      };
      const integration = { service: service(requestParameters), timeoutMilliseconds: 10_000 };
      apis.addIntegration("bookings", "events", integration);
      apis.addRoute("bookings", "POST /events", "events");
      apis.deploy("bookings");
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    const post = (text = '{"a":1}') =>
      said({
        ...{ method: "POST", path: "/events", headers: { kind: "orders" } },
        body: Buffer.from(text),
      });

    it("puts an event into EventBridge as its role, with what it selects of the request", async () => {
      expect(await post()).to.deep.equal([200, '{"FailedEntryCount":0}']);
      expect(calls).to.deep.equal([
        {
          target: "AWSEvents.PutEvents",
          body: {
            Entries: [{ Source: "shop-orders", Detail: '{"a":1}', Resources: "" }],
          },
        },
      ]);
    });

    it("finds no members in a body that is no JSON", async () => {
      expect(await post("plain")).to.deep.equal([200, '{"FailedEntryCount":0}']);
      expect(calls).to.have.deep.nested.property("[0].body.Entries", [
        { Source: "shop-orders", Detail: "plain", Resources: "" },
      ]);
    });

    it("answers 503 when the service takes longer than the integration waits", async () => {
      const late = Promise.withResolvers<void>();
      answering = late.promise;
      const reply = post();
      await arrived.promise;
      await clock.advance(10_000);
      late.resolve();
      expect(await reply).to.deep.equal([503, '{"message":"Service Unavailable"}']);
    });
  });

  it("takes no route to an integration that is not there", () => {
    expect(() => apis.addRoute("bookings", "GET /rooms", "rooms")).to.throw(
      'the integration "rooms" does not exist',
    );
  });
});
