import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { AccessRequest, Decision } from "../../../../local/protocol/access.ts";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import type { WebRequest } from "../../../../local/protocol/webMessage.ts";
import { integrationOf } from "../../../../local/services/apigateway/rest/integration.ts";
import { importOpenApi } from "../../../../local/services/apigateway/rest/openApi.ts";
import { RestApis } from "../../../../local/services/apigateway/rest/restApis.ts";
import { decideByDocument } from "../../../../local/services/iam/documentDecision.ts";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:orders";
const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const proxy = integrationOf({ type: "AWS_PROXY", uri, integrationHttpMethod: "POST" });

describe("a REST API", () => {
  let clock: ManualClock;
  let trace: Trace;
  let apis: RestApis;
  let events: string[];
  let asked: AccessRequest[];
  let decision: Decision;
  let trusted: boolean;
  let result: () => Promise<InvocationResult>;
  let endpoint: string;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    events = [];
    asked = [];
    decision = { allowed: true };
    trusted = true;
    endpoint = "http://127.0.0.1:1";
    result = async () => succeeded({ statusCode: 201, body: "ok", headers: { "X-Id": 7 } });
    apis = new RestApis({
      clock,
      trace,
      region: "eu-west-1",
      endpoint: () => endpoint,
      authentication: ownerOnly,
      decide: decideByDocument,
      assume: (roleArn) =>
        trusted ? { allowed: true } : { allowed: false, reason: `${roleArn} trusts none` },
      credentials: (roleArn) => ({
        accessKeyId: `key-of-${roleArn.split("/").at(-1)}`,
        secretAccessKey: "secret",
      }),
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
    apis.create("shop");
  });

  function succeeded(value: unknown): InvocationResult {
    const payload = JSON.stringify(value);
    return { outcome: "succeeded", requestId: "i-1", payload, log: "", milliseconds: 1 };
  }

  /** Adds a method with an integration, and the resources on its path. */
  function addMethod(httpMethod: string, path: string, integration = proxy): void {
    const definition = apis.definition("shop");
    let id = "shop-root";
    for (const part of path.split("/").filter((each) => each !== "")) {
      const child = `${id}/${part}`;
      if (!definition.resources.has(child)) definition.addResource(child, id, part);
      id = child;
    }
    definition.addMethod(id, httpMethod);
    definition.setIntegration(id, httpMethod, integration);
  }

  function open(): void {
    apis.deploy("shop", "d1");
    apis.setStage("shop", "dev", { deploymentId: "d1", variables: { level: "low" } });
  }

  async function said(changes: Partial<WebRequest>): Promise<[number, string]> {
    const { status, body } = await apis.answer("shop", webRequest(changes));
    return [status, String(body)];
  }

  it("invokes its function with the event of payload format 1.0, and answers with what it returns", async () => {
    addMethod("POST", "/orders/{id}");
    open();
    const { headers, ...reply } = await apis.answer(
      "shop",
      webRequest({
        method: "POST",
        path: "/dev/orders/a%20b",
        query: "tag=x&tag=y&one=1",
        headers: { "content-type": "text/plain", "user-agent": "curl" },
        body: Buffer.from("hello"),
      }),
    );
    expect(reply).to.deep.equal({ status: 201, body: "ok" });
    expect(headers).to.include({ "content-type": "application/json", "x-id": "7" });
    const requestId = headers["x-amzn-requestid"];
    expect(events.map((text) => JSON.parse(text))).to.deep.equal([
      {
        resource: "/orders/{id}",
        path: "/orders/a%20b",
        httpMethod: "POST",
        headers: {
          "content-type": "text/plain",
          "user-agent": "curl",
          host: "shop.execute-api.eu-west-1.amazonaws.com",
          "x-forwarded-proto": "https",
        },
        multiValueHeaders: {
          "content-type": ["text/plain"],
          "user-agent": ["curl"],
          host: ["shop.execute-api.eu-west-1.amazonaws.com"],
          "x-forwarded-proto": ["https"],
        },
        queryStringParameters: { tag: "y", one: "1" },
        multiValueQueryStringParameters: { tag: ["x", "y"], one: ["1"] },
        pathParameters: { id: "a b" },
        stageVariables: { level: "low" },
        requestContext: {
          accountId: "000000000000",
          apiId: "shop",
          domainName: "shop.execute-api.eu-west-1.amazonaws.com",
          domainPrefix: "shop",
          extendedRequestId: requestId,
          httpMethod: "POST",
          identity: { sourceIp: "127.0.0.1", userAgent: "curl" },
          path: "/dev/orders/a%20b",
          protocol: "HTTP/1.1",
          requestId,
          requestTime: JSON.parse(events[0] ?? "").requestContext.requestTime,
          requestTimeEpoch: clock.now(),
          resourceId: "shop-root/orders/{id}",
          resourcePath: "/orders/{id}",
          stage: "dev",
        },
        body: "hello",
        isBase64Encoded: false,
      },
    ]);
    expect(asked).to.deep.equal([
      {
        principal: { kind: "service", name: "apigateway.amazonaws.com" },
        action: "lambda:InvokeFunction",
        resource: functionArn,
        context: {
          "aws:SourceArn": "arn:aws:execute-api:eu-west-1:000000000000:shop/dev/POST/orders/{id}",
          "aws:SourceAccount": "000000000000",
          "aws:SecureTransport": "true",
        },
      },
    ]);
  });

  for (const { path, resource } of [
    { path: "/dev/orders/new", resource: "/orders/new" },
    { path: "/dev/orders/7", resource: "/orders/{id}" },
    { path: "/dev/orders/7/lines", resource: "/{proxy+}" },
    { path: "/dev/", resource: "/" },
    { path: "/dev", resource: "/" },
  ]) {
    it(`answers ${path} by its most specific resource, ${resource}`, async () => {
      for (const each of ["/{proxy+}", "/orders/{id}", "/orders/new", "/"]) addMethod("ANY", each);
      open();
      expect(await said({ path })).to.deep.equal([201, "ok"]);
      expect(JSON.parse(events[0] ?? "").resource).to.equal(resource);
    });
  }

  it("rejects what it has no method or no stage for, as AWS words it", async () => {
    addMethod("GET", "/orders");
    open();
    expect(await said({ path: "/dev/other" })).to.deep.equal([
      403,
      '{"message":"Missing Authentication Token"}',
    ]);
    expect(await said({ path: "/dev/orders", method: "POST" })).to.deep.equal([
      403,
      '{"message":"Missing Authentication Token"}',
    ]);
    expect(await said({ path: "/prod/orders" })).to.deep.equal([403, '{"message":"Forbidden"}']);
    expect(events).to.deep.equal([]);
  });

  it("serves the copy that was deployed, until it is deployed again", async () => {
    addMethod("GET", "/orders");
    open();
    addMethod("GET", "/returns");
    expect((await said({ path: "/dev/returns" }))[0]).to.equal(403);
    apis.deploy("shop", "d2");
    apis.setStage("shop", "dev", { deploymentId: "d2", variables: {} });
    expect(await said({ path: "/dev/returns" })).to.deep.equal([201, "ok"]);
  });

  it("cannot be deployed without methods, or with one that does nothing", () => {
    expect(() => apis.deploy("shop", "d")).to.throw("The REST API doesn't contain any methods");
    apis.definition("shop").addMethod("shop-root", "GET");
    expect(() => apis.deploy("shop", "d")).to.throw("No integration defined for method");
  });

  it("denies a function that has not permitted it, and traces why", async () => {
    addMethod("GET", "/orders");
    open();
    decision = { allowed: false, reason: "no statement allows it" };
    expect(await said({ path: "/dev/orders" })).to.deep.equal([
      500,
      '{"message":"Internal server error"}',
    ]);
    expect(events).to.deep.equal([]);
    const hops = trace.recent();
    expect(hops).to.have.lengthOf(1);
    expect(hops[0]).to.include({
      to: functionArn,
      kind: "denied",
      reason: "no statement allows it",
    });
  });

  it("answers 502 for a function that fails, or returns what is no response", async () => {
    addMethod("GET", "/orders");
    open();
    const failure = [502, '{"message":"Internal server error"}'];
    for (const value of ["text", { body: "x" }, { statusCode: 200, body: { a: 1 } }, null]) {
      result = async () => succeeded(value);
      expect(await said({ path: "/dev/orders" }), JSON.stringify(value)).to.deep.equal(failure);
    }
    const error = { errorType: "Error", errorMessage: "no desk" };
    result = async () => ({ outcome: "failed", requestId: "i-1", error, log: "", milliseconds: 1 });
    expect(await said({ path: "/dev/orders" })).to.deep.equal(failure);
  });

  it("answers 413 for an event that is too large for Lambda, and 500 for a function that is gone", async () => {
    addMethod("GET", "/orders");
    open();
    const tooLarge = new AwsError("RequestTooLargeException", "Request must be smaller");
    result = () => Promise.reject(tooLarge);
    expect(await said({ path: "/dev/orders" })).to.deep.equal([
      413,
      '{"message":"Request Too Long"}',
    ]);
    const gone = new AwsError("ResourceNotFoundException", "Function not found");
    result = () => Promise.reject(gone);
    expect(await said({ path: "/dev/orders" })).to.deep.equal([
      500,
      '{"message":"Internal server error"}',
    ]);
    expect(trace.recent().at(-1)).to.include({ to: functionArn, reason: "Function not found" });
  });

  for (const type of ["HTTP", "HTTP_PROXY"]) {
    it(`answers 504 where nobody does at the URL of ${type}, and traces why`, async () => {
      const closed = createServer();
      await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
      const { port } = closed.address() as AddressInfo;
      await new Promise((resolve) => closed.close(resolve));
      const url = `http://127.0.0.1:${port}/stock`;
      addMethod("GET", "/stock", integrationOf({ type, uri: url, integrationHttpMethod: "GET" }));
      open();
      expect(await said({ path: "/dev/stock" })).to.deep.equal([
        504,
        '{"message":"Network error communicating with endpoint"}',
      ]);
      expect(trace.recent()).to.have.lengthOf(1);
      expect(trace.recent()[0])
        .to.include({ kind: "failed", to: url })
        .and.to.have.property("reason")
        .that.includes("ECONNREFUSED");
    });
  }

  it("answers 504 when its function takes longer than 29 seconds", async () => {
    addMethod("GET", "/orders");
    open();
    result = () => new Promise(() => {});
    const reply = said({ path: "/dev/orders" });
    await clock.advance(28_999);
    await clock.advance(1);
    expect(await reply).to.deep.equal([504, '{"message":"Endpoint request timed out"}']);
  });

  it("passes and returns bytes where its binary media types say so", async () => {
    addMethod("POST", "/pictures");
    apis.setBinaryMediaTypes("shop", ["image/png"]);
    open();
    const bytes = Buffer.from([0, 255]);
    result = async () =>
      succeeded({ statusCode: 200, body: bytes.toString("base64"), isBase64Encoded: true });
    const headers = { "content-type": "image/png" };
    const request = webRequest({ method: "POST", path: "/dev/pictures", headers, body: bytes });
    expect((await apis.answer("shop", request)).body).to.deep.equal(bytes);
    expect(JSON.parse(events[0] ?? "")).to.include({ body: "AP8=", isBase64Encoded: true });
  });

  it("answers a mock integration by its templates", async () => {
    addMethod(
      "GET",
      "/health",
      integrationOf({
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
      }),
    );
    apis.definition("shop").setResponse("shop-root/health", "GET", {
      statusCode: "200",
      responseTemplates: { "application/json": '{"path":"$context.resourcePath"}' },
      responseParameters: { "method.response.header.X-Kind": "'mock'" },
    });
    open();
    const { status, headers, body } = await apis.answer(
      "shop",
      webRequest({ path: "/dev/health" }),
    );
    expect([status, body]).to.deep.equal([200, '{"path":"/health"}']);
    expect(headers).to.include({ "x-kind": "mock", "content-type": "application/json" });
  });

  it("maps requests and responses of a function that is no proxy", async () => {
    const requestTemplates = {
      "application/json":
        '{"id":"$input.params(\'id\')","first":$input.json(\'$.lines[0]\'),"level":"$stageVariables.level"}',
    };
    addMethod("POST", "/orders/{id}", integrationOf({ type: "AWS", uri, requestTemplates }));
    const at = ["shop-root/orders/{id}", "POST"] as const;
    const plain = { responseTemplates: {}, responseParameters: {} };
    apis.definition("shop").setResponse(...at, { ...plain, statusCode: "200" });
    apis.definition("shop").setResponse(...at, {
      ...plain,
      statusCode: "404",
      selectionPattern: "no .*",
      responseTemplates: { "application/json": '{"why":$input.json("$.errorMessage")}' },
    });
    open();
    const request = {
      method: "POST",
      path: "/dev/orders/7",
      body: Buffer.from('{"lines":[{"a":1}]}'),
    };
    result = async () => succeeded({ total: 3 });
    expect(await said(request)).to.deep.equal([200, '{"total":3}']);
    expect(JSON.parse(events[0] ?? "")).to.deep.equal({ id: "7", first: { a: 1 }, level: "low" });
    const error = { errorType: "Error", errorMessage: "no desk" };
    result = async () => ({ outcome: "failed", requestId: "i-1", error, log: "", milliseconds: 1 });
    expect(await said(request)).to.deep.equal([404, '{"why":"no desk"}']);
  });

  it("takes nothing of the caller's text for a template", async () => {
    const template = '{"text":$input.json("$.text"),"twice":"$util.base64Encode($input.body)"}';
    const requestTemplates = { "application/json": template };
    addMethod("POST", "/notes", integrationOf({ type: "AWS", uri, requestTemplates }));
    open();
    const text = "uses $context.apiId and $stageVariables.level";
    const body = Buffer.from(JSON.stringify({ text }));
    await said({ method: "POST", path: "/dev/notes", body });
    expect(JSON.parse(events[0] ?? "")).to.deep.equal({ text, twice: body.toString("base64") });
  });

  for (const path of ["$.constructor", "$.lines.length", "$.__proto__"]) {
    it(`finds nothing of JavaScript's own at ${path} of a body`, async () => {
      const requestTemplates = { "application/json": `{"found":$input.json("${path}")}` };
      addMethod("POST", "/notes", integrationOf({ type: "AWS", uri, requestTemplates }));
      open();
      await said({ method: "POST", path: "/dev/notes", body: Buffer.from('{"lines":[1]}') });
      expect(JSON.parse(events[0] ?? "")).to.deep.equal({ found: "" });
    });
  }

  for (const { template, what } of [
    { template: "$util.base64Encode($util.parseJson($input.body))", what: "$util.parseJson" },
    { template: "$input.body $util.error('x')", what: "$util.error" },
  ]) {
    it(`rejects the template ${template}, which it cannot expand`, () => {
      const requestTemplates = { "application/json": template };
      expect(() => integrationOf({ type: "AWS", uri, requestTemplates })).to.throw(
        `does not support ${what} in a mapping template`,
      );
    });
  }

  it("calls nothing as a role that does not trust API Gateway, and traces why", async () => {
    const credentials = "arn:aws:iam::000000000000:role/api";
    addMethod("GET", "/orders", integrationOf({ type: "AWS_PROXY", uri, credentials }));
    open();
    expect(await said({ path: "/dev/orders" })).to.deep.equal([201, "ok"]);
    trusted = false;
    expect((await said({ path: "/dev/orders" }))[0]).to.equal(500);
    expect(events).to.have.lengthOf(1);
    expect(trace.recent().at(-1)).to.include({
      to: credentials,
      kind: "denied",
      reason: `${credentials} trusts none`,
    });
  });

  it("calls another service as its role, with the mapped body and headers", async () => {
    const calls: object[] = [];
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { authorization = "", "x-amz-target": target } = request.headers;
      calls.push({
        url: request.url,
        body,
        target,
        key: /Credential=([^/]+)/.exec(authorization)?.[1],
      });
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    endpoint = `http://127.0.0.1:${port}`;
    addMethod(
      "POST",
      "/events",
      integrationOf({
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:eu-west-1:events:action/PutEvents",
        credentials: "arn:aws:iam::000000000000:role/api",
        requestParameters: { "integration.request.header.X-Amz-Target": "'AWSEvents.PutEvents'" },
        requestTemplates: {
          "application/json": '{"Detail":"$util.escapeJavaScript($input.body)"}',
        },
      }),
    );
    apis.definition("shop").setResponse("shop-root/events", "POST", {
      statusCode: "202",
      selectionPattern: "2\\d{2}",
      responseTemplates: { "application/json": '{"accepted":true}' },
      responseParameters: {},
    });
    open();
    try {
      const body = Buffer.from('{"name":"Ada"}');
      expect(await said({ method: "POST", path: "/dev/events", body })).to.deep.equal([
        202,
        '{"accepted":true}',
      ]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(calls).to.deep.equal([
      {
        url: "/",
        body: '{"Detail":"{\\"name\\":\\"Ada\\"}"}',
        target: "AWSEvents.PutEvents",
        key: "key-of-api",
      },
    ]);
  });

  it("is described by an OpenAPI document", async () => {
    const body = JSON.stringify({
      swagger: "2.0",
      info: { title: "shop", version: "1.0" },
      paths: {
        "/{proxy+}": {
          "x-amazon-apigateway-any-method": {
            "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri },
          },
        },
      },
    });
    importOpenApi(apis.definition("shop"), "shop-root", body);
    open();
    expect(await said({ path: "/dev/a/b" })).to.deep.equal([201, "ok"]);
    expect(JSON.parse(events[0] ?? "")).to.deep.include({
      resource: "/{proxy+}",
      pathParameters: { proxy: "a/b" },
    });
  });

  it("answers its own errors as the OpenAPI document says", async () => {
    const notFound = {
      statusCode: 404,
      responseTemplates: { "text/plain": "none: $context.error.message" },
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
    };
    const integration = { type: "aws_proxy", httpMethod: "POST", uri };
    const describe = (type: string) => {
      const paths = { "/": { get: { "x-amazon-apigateway-integration": integration } } };
      const responses = { [type]: notFound };
      const body = { paths, "x-amazon-apigateway-gateway-responses": responses };
      importOpenApi(apis.definition("shop"), "shop-root", JSON.stringify(body));
      open();
      return apis.answer("shop", webRequest({ path: "/dev/other" }));
    };
    for (const type of ["MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX"]) {
      const { status, headers, body } = await describe(type);
      expect({ status, body }).to.deep.equal({
        status: 404,
        body: "none: Missing Authentication Token",
      });
      expect(headers).to.include({
        "content-type": "text/plain",
        "access-control-allow-origin": "*",
      });
    }
    expect((await describe("UNAUTHORIZED")).status).to.equal(403);
  });

  for (const { what, make, message } of [
    {
      what: "a directive in a template",
      make: () =>
        integrationOf({ type: "MOCK", requestTemplates: { "application/json": "#set($a = 1)" } }),
      message: "does not support #set in a mapping template",
    },
    {
      what: "a function of templates that it does not have",
      make: () =>
        integrationOf({ type: "MOCK", requestTemplates: { "text/plain": "$util.parseJson('1')" } }),
      message: "does not support $util.parseJson in a mapping template",
    },
    {
      what: "a selection pattern that is no regular expression",
      make: () =>
        apis.definition("shop").setResponse("shop-root", "GET", {
          ...{ statusCode: "200", selectionPattern: "(", responseTemplates: {} },
          responseParameters: {},
        }),
      message: "Invalid selection pattern specified: (",
    },
    {
      what: "an integration through a VPC link",
      make: () => integrationOf({ type: "HTTP_PROXY", uri: "vpc-link" }),
      message: 'does not support the integration URI "vpc-link"',
    },
  ]) {
    it(`rejects ${what} by name`, () => expect(make).to.throw(message));
  }
});
