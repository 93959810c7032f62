import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import { AwsError } from "../../../local/protocol/awsError.ts";
import type { Call, Reply } from "../../../local/protocol/call.ts";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";

const role = "arn:aws:iam::000000000000:role/orders-billing";

describe("the endpoint", () => {
  let endpoint: Endpoint;
  let calls: Call[];
  let failures: { message: string; error: unknown }[];

  beforeEach(async () => {
    calls = [];
    failures = [];
    endpoint = await serveEndpoint({
      port: 0,
      region: "eu-west-1",
      services: {
        s3: async (call) => record(call, "objects"),
        sqs: async (call) => record(call, "queues"),
        sns: async () => {
          throw new Error("the disk is on fire");
        },
        dynamodb: async () => {
          throw new AwsError("ResourceNotFoundException", "no such table");
        },
        lambda: (call) => new Promise((resolve) => hang(call, resolve)),
      },
      principalOf: (accessKeyId) =>
        accessKeyId === "ROLEKEY"
          ? { kind: "role", arn: role }
          : { kind: "account", account: "000000000000" },
      console: (_request, response) => response.end("the console"),
      onFailure: (message, error) => failures.push({ message, error }),
    });
  });

  afterEach(() => endpoint.close());

  function record(call: Call, body: string) {
    calls.push(call);
    return { status: 200, headers: { "x-seen": call.service ?? "unsigned" }, body };
  }

  function hang(call: Call, resolve: (reply: Reply) => void) {
    calls.push(call);
    call.signal?.addEventListener("abort", () => resolve({ status: 200, headers: {}, body: "" }));
  }

  function send(options: {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  }): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
    return new Promise((resolve, reject) => {
      const { method = "GET", path = "/", headers = {}, body } = options;
      const sent = httpRequest({ port: endpoint.port, method, path, headers }, async (response) => {
        const chunks = await response.toArray();
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      sent.once("error", reject);
      sent.end(body);
    });
  }

  async function turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  function signed(service: string, key = "test"): Record<string, string> {
    return {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-north-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
    };
  }

  it("hands a signed request whole to the service that it is signed for", async () => {
    const body = Buffer.alloc(300_000, "ü");
    const reply = await send({
      method: "PUT",
      path: "/photos/a%20b%2Bc?x-id=PutObject&tag=1%202",
      headers: { ...signed("s3"), "Content-Type": "image/png" },
      body,
    });

    expect(reply.status).to.equal(200);
    expect(reply.body).to.equal("objects");
    expect(calls).to.have.length(1);
    const [call] = calls;
    expect(call).to.include({
      method: "PUT",
      path: "/photos/a%20b%2Bc",
      service: "s3",
      region: "eu-north-1",
    });
    expect(call?.query.get("tag")).to.equal("1 2");
    expect(call?.headers["content-type"]).to.equal("image/png");
    expect(call?.body.equals(body)).to.equal(true);
  });

  it("makes a role of a role's credentials, and the owner of any others", async () => {
    await send({ path: "/bucket", headers: signed("s3", "ROLEKEY") });
    await send({ path: "/bucket", headers: signed("s3", "AKIAWHATEVER") });
    await send({ path: "/bucket" });

    expect(calls.map(({ principal }) => principal)).to.deep.equal([
      { kind: "role", arn: role },
      { kind: "account", account: "000000000000" },
      { kind: "account", account: "000000000000" },
    ]);
    expect(calls.map(({ callerArn }) => callerArn)).to.deep.equal([
      role,
      "arn:aws:iam::000000000000:root",
      "arn:aws:iam::000000000000:root",
    ]);
    expect(calls[2]?.region).to.equal("eu-west-1");
  });

  it("names a service that it has not, in the form that the caller reads", async () => {
    const json = await send({
      method: "POST",
      headers: { ...signed("ssm"), "x-amz-target": "AmazonSSM.GetParameter" },
    });
    const query = await send({
      method: "POST",
      headers: { ...signed("cloudformation"), "content-type": "application/x-www-form-urlencoded" },
      body: "Action=ListStacks&Version=2010-05-15",
    });

    expect(json.status).to.equal(501);
    expect(json.headers["x-amzn-errortype"]).to.equal("NotImplemented");
    expect(JSON.parse(json.body)).to.deep.equal({
      __type: "NotImplemented",
      message: `Fanout's local cloud does not support the service "ssm". It works on AWS only.`,
    });
    expect(query.status).to.equal(501);
    expect(query.body).to.contain(
      "<Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>Fanout's local cloud does not support the service &quot;cloudformation&quot;.",
    );
    expect(failures).to.deep.equal([]);
  });

  it("answers its own failure with an error of AWS's form, and reports it", async () => {
    const reply = await send({
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=Publish&Version=2010-03-31",
    });

    expect(reply.status).to.equal(500);
    expect(reply.body).to.contain("<Code>InternalFailure</Code>");
    expect(reply.body).to.contain("the disk is on fire");
    expect(failures.map(({ message }) => message)).to.deep.equal(["POST / failed"]);
    expect(String(failures[0]?.error)).to.equal("Error: the disk is on fire");
  });

  it("gives an error that a service lets through its own code and status", async () => {
    const headers = { "x-amz-target": "DynamoDB_20120810.GetItem" };
    const reply = await send({ method: "POST", headers, body: "{}" });

    expect(reply.status).to.equal(400);
    expect(JSON.parse(reply.body).__type).to.equal("ResourceNotFoundException");
    expect(failures).to.deep.equal([]);
  });

  it("leaves an unsigned GET / and everything under /_fanout/ to the console", async () => {
    expect((await send({ path: "/" })).body).to.equal("the console");
    expect((await send({ method: "POST", path: "/_fanout/redrive" })).body).to.equal("the console");
    expect((await send({ path: "/", headers: signed("s3") })).body).to.equal("objects");
  });

  it("refuses what a page of the web sends through the reader's browser", async () => {
    const refused: Record<string, string>[] = [
      { host: "evil.example:4566" },
      { host: "127.0.0.1.evil.example" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of refused) {
      const reply = await send({ path: "/_fanout/outputs", headers });
      expect(reply.status, JSON.stringify(headers)).to.equal(403);
      expect(reply.body).to.match(/^Refused: /);
    }
    expect(calls).to.deep.equal([]);
  });

  it("serves names of this machine, and the console opened from another site's link", async () => {
    const served: Record<string, string>[] = [
      { host: "localhost:4566" },
      { host: "photos.s3.localhost" },
      { host: "[::1]:4566" },
      { origin: `http://127.0.0.1:${endpoint.port}` },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    ];
    for (const headers of served) {
      const reply = await send({ path: "/", headers });
      expect(reply.body, JSON.stringify(headers)).to.equal("the console");
    }
  });

  it("refuses a form that another site's page posts to the console's address", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const { status, body } = await send({ method: "POST", path: "/", headers, body: "Action=x" });
    expect({ status, body }).to.deep.equal({
      status: 403,
      body: "Refused: a page of another site sent it.\n",
    });
  });

  it("lets no object run as a page of the console's origin, in a browser", async () => {
    const inBrowser = await send({
      path: "/bucket/a.html",
      headers: { "sec-fetch-dest": "iframe" },
    });
    expect(inBrowser.headers).to.include({
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    });
    const bySdk = await send({ path: "/bucket/a.html" });
    expect(bySdk.headers).not.to.have.any.keys("content-security-policy", "x-content-type-options");
  });

  it("says which port is in use and what to do", async () => {
    const attempt = serveEndpoint({
      port: endpoint.port,
      region: "eu-west-1",
      services: {},
      principalOf: () => ({ kind: "account", account: "000000000000" }),
      console: () => undefined,
      onFailure: () => undefined,
    });
    const error = await attempt.then(
      () => undefined,
      (reason: Error) => reason,
    );

    expect(error?.message).to.equal(
      `port ${endpoint.port} on 127.0.0.1 is in use: stop the program that has it (another local run?), or choose another with --port`,
    );
  });

  it("tells a service when its caller hangs up", async () => {
    const caller = connect(endpoint.port, "127.0.0.1");
    const arrived = new Promise<void>((resolve) => {
      caller.write(
        "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n",
        () => resolve(),
      );
    });
    await arrived;
    while (calls.length === 0) await turns(1);
    const [call] = calls;
    expect(call?.signal?.aborted).to.equal(false);

    const aborted = new Promise((resolve) => call?.signal?.addEventListener("abort", resolve));
    caller.destroy();
    await aborted;

    expect(call?.signal?.aborted).to.equal(true);
    expect(failures).to.deep.equal([]);
  });

  it("closes at once, with callers connected and at work", async () => {
    const caller = connect(endpoint.port, "127.0.0.1");
    caller.on("error", () => undefined);
    caller.write("POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (calls.length === 0) await turns(1);
    const ended = new Promise((resolve) => caller.once("close", resolve));

    await endpoint.close();
    await ended;

    expect(failures).to.deep.equal([]);
  });

  it("keeps quiet when a caller goes away in the middle of its body", async () => {
    const caller = connect(endpoint.port, "127.0.0.1");
    caller.write(
      "PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\nhalf",
    );
    await new Promise((resolve) => caller.once("data", resolve));
    caller.destroy();
    await endpoint.close();
    await turns(10);

    expect(calls).to.deep.equal([]);
    expect(failures).to.deep.equal([]);
  });
});
