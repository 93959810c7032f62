import { once } from "node:events";
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectTcp } from "node:net";
import { text } from "node:stream/consumers";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { expect } from "chai";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { ownerOnly } from "../../harness/endpoints/authentication.ts";

describe("the endpoint by HTTP/2 without TLS", () => {
  let endpoint: Endpoint;
  let session: ClientHttp2Session;
  let failures: string[];

  beforeEach(async () => {
    failures = [];
    endpoint = await serveEndpoint({
      port: 0,
      services: {
        s3: async ({ method, path, body }) => ({
          status: 200,
          headers: {},
          body: `${method} ${path} ${body}`,
        }),
        kinesis: async () => ({
          status: 200,
          headers: { "content-type": "application/x-amz-json-1.1" },
          body: '{"StreamNames":["clicks"],"HasMoreStreams":false}',
        }),
      },
      ...ownerOnly,
      console: (_request, response) => response.end("the console"),
      onFailure: (message) => failures.push(message),
    });
    session = connect(endpoint.url);
  });
  afterEach(async () => {
    session.destroy();
    await endpoint.close();
  });

  async function put(body: string, headers: Readonly<Record<string, string>> = {}) {
    const stream = session.request({ ":method": "PUT", ":path": "/bucket/key", ...headers });
    stream.end(body);
    const [{ ":status": status }] = await once(stream, "response");
    return { status, body: await text(stream) };
  }

  it("serves at the same port, and many requests on one connection", async () => {
    const bodies = ["a", "b", "c"];
    const replies = await Promise.all(bodies.map((body) => put(body)));
    expect(replies).to.deep.equal(
      bodies.map((body) => ({ status: 200, body: `PUT /bucket/key ${body}` })),
    );
    const plain = await fetch(`${endpoint.url}/bucket/key`, { method: "PUT", body: "d" });
    expect(await plain.text()).to.equal("PUT /bucket/key d");
  });

  it("takes bodies larger than a frame, both ways", async () => {
    const body = "0123456789".repeat(200_000);
    expect((await put(body)).body).to.equal(`PUT /bucket/key ${body}`);
  });

  it("refuses another host's name, as by HTTP/1.1", async () => {
    const { status } = await put("x", { ":authority": "rebound.example.com" });
    expect(status).to.equal(403);
  });

  it("keeps quiet when a caller goes away in the middle of its body, or sends no frames", async () => {
    const stream = session.request({ ":method": "PUT", ":path": "/bucket/key" });
    stream.write("half");
    await put("x");
    session.destroy();
    const socket = connectTcp(endpoint.port, "127.0.0.1");
    socket.write(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${"no frames".repeat(100)}`);
    socket.resume();
    await once(socket, "close");
    const plain = await fetch(`${endpoint.url}/bucket/key`, { method: "PUT", body: "d" });
    expect(await plain.text()).to.equal("PUT /bucket/key d");
    expect(failures).to.deep.equal([]);
  });

  it("serves the SDK's client of Kinesis, which signs the host by its name in HTTP/2", async () => {
    const list = (secretAccessKey: string) => {
      const client = new KinesisClient({
        endpoint: endpoint.url,
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey },
      });
      return client.send(new ListStreamsCommand({})).finally(() => client.destroy());
    };
    expect((await list("test")).StreamNames).to.deep.equal(["clicks"]);
    expect((await failureOf(list("wrong"))).name).to.equal("InvalidSignatureException");
  });
});
