import { connect } from "node:net";
import { expect } from "chai";
import { AwsError } from "../../../local/protocol/awsError.ts";
import type { Call, Reply } from "../../../local/protocol/call.ts";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";
import { ownerOnly } from "../../harness/endpoints/authentication.ts";
import { type Sent, sendRaw, signed } from "../../harness/endpoints/signedRequests.ts";

describe("the endpoint", () => {
  let endpoint: Endpoint;
  let calls: Call[];
  let failures: { message: string; error: unknown }[];

  beforeEach(async () => {
    calls = [];
    failures = [];
    endpoint = await serveEndpoint({
      port: 0,
      ...ownerOnly,
      services: {
        s3: async (call) => record(call, "objects"),
        sns: async () => {
          throw new Error("the disk is on fire");
        },
        dynamodb: async () => {
          throw new AwsError("ResourceNotFoundException", "no such table");
        },
        sqs: (call) => new Promise((resolve) => hang(call, resolve)),
      },
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
    call
      .hungUp?.()
      .addEventListener("abort", () => resolve({ status: 200, headers: {}, body: "" }));
  }

  const send = (sent: Sent) => sendRaw(endpoint.port, sent);

  /** As the owner. */
  function sendSigned(service: string, sent: Sent) {
    return send({ ...sent, headers: signed(endpoint.port, sent, { service }) });
  }

  async function turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  it("hands a signed request whole to the service that it is signed for", async () => {
    const body = "ü".repeat(150_000);
    const reply = await sendSigned("s3", {
      method: "PUT",
      path: "/photos/a%20b%2Bc?x-id=PutObject&tag=1%202",
      headers: { "Content-Type": "image/png" },
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
      region: "eu-west-1",
    });
    expect(call?.query.get("tag")).to.equal("1 2");
    expect(call?.headers["content-type"]).to.equal("image/png");
    expect(call?.body.toString() === body).to.equal(true);
  });

  it("names a service that it has not, in the form that the caller reads", async () => {
    const json = await sendSigned("ssm", {
      method: "POST",
      headers: { "x-amz-target": "AmazonSSM.GetParameter" },
    });
    const query = await sendSigned("cloudformation", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
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
    const reply = await sendSigned("dynamodb", { method: "POST", headers, body: "{}" });

    expect(reply.status).to.equal(400);
    expect(JSON.parse(reply.body).__type).to.equal("ResourceNotFoundException");
    expect(failures).to.deep.equal([]);
  });

  it("leaves an unsigned GET / and everything under /_fanout/ to the console", async () => {
    expect((await send({ path: "/" })).body).to.equal("the console");
    expect((await send({ method: "POST", path: "/_fanout/redrive" })).body).to.equal("the console");
    expect((await sendSigned("s3", { path: "/" })).body).to.equal("objects");
  });

  it("lets no object run as a page of the console's origin", async () => {
    const sandboxed = {
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    };
    const object = { path: "/bucket/a.html" };
    const requests: readonly Record<string, string>[] = [
      {},
      { "sec-fetch-dest": "iframe" },
      { host: "bucket.localhost" },
    ];
    for (const headers of requests) {
      expect((await send({ ...object, headers })).headers).to.include(sandboxed);
    }
    const bySdk = await sendSigned("s3", object);
    expect(bySdk.headers).not.to.have.any.keys("content-security-policy", "x-content-type-options");
  });

  it("says which port is in use and what to do", async () => {
    const attempt = serveEndpoint({
      port: endpoint.port,
      ...ownerOnly,
      services: {},
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
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\ncontent-length: 0\r\n\r\n",
        () => resolve(),
      );
    });
    await arrived;
    while (calls.length === 0) await turns(1);
    const [call] = calls;
    const hungUp = call?.hungUp?.();
    expect(hungUp?.aborted).to.equal(false);

    const aborted = new Promise((resolve) => hungUp?.addEventListener("abort", resolve));
    caller.destroy();
    await aborted;

    expect(hungUp?.aborted).to.equal(true);
    expect(call?.hungUp?.().aborted).to.equal(true);
    expect(failures).to.deep.equal([]);
  });

  it("closes at once, with callers connected and at work", async () => {
    const caller = connect(endpoint.port, "127.0.0.1");
    caller.on("error", () => undefined);
    caller.write(
      "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\n\r\n",
    );
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
