import { once } from "node:events";
import { request } from "node:https";
import { connect as connectTcp } from "node:net";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { expect } from "chai";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { ownerOnly } from "../../harness/endpoints/authentication.ts";

describe("the endpoint by HTTPS", () => {
  let endpoint: Endpoint;
  let ca: string;

  beforeEach(async () => {
    endpoint = await serveEndpoint({
      port: 0,
      services: {
        s3: async ({ method, path, body }) => ({
          status: 200,
          headers: {},
          body: `${method} ${path} ${body}`,
        }),
      },
      ...ownerOnly,
      console: (_request, response) => response.end("the console"),
      onFailure: (message) => {
        throw new Error(message);
      },
    });
    ca = await (await fetch(`${endpoint.url}/_fanout/certificate.pem`)).text();
  });
  afterEach(() => endpoint.close());

  async function send(options: { host?: string; trusted?: string; body?: string } = {}) {
    const { host = "127.0.0.1", trusted = ca, body = "" } = options;
    const { port } = endpoint;
    const sent = request({ ...{ host, port, ca: trusted, path: "/bucket/key", method: "PUT" } });
    sent.end(body);
    const [response] = await once(sent, "response");
    return text(response);
  }

  it("serves at the same port, under each of its names", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      expect(await send({ host, body: "x" }), host).to.equal("PUT /bucket/key x");
    }
  });

  it("takes bodies larger than a packet, both ways", async () => {
    const body = "0123456789".repeat(200_000);
    expect(await send({ body })).to.equal(`PUT /bucket/key ${body}`);
    const plain = await fetch(`${endpoint.url}/bucket/key`, { method: "PUT", body });
    expect(await plain.text()).to.equal(`PUT /bucket/key ${body}`);
  });

  it("has a certificate of its own, which no one trusts unasked", async () => {
    const error = await failureOf(send({ trusted: "" }));
    expect(error).to.include({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  });

  it("closes at once, with connections that have said nothing, and of both kinds", async () => {
    const { port } = endpoint;
    const silent = connectTcp(port, "127.0.0.1");
    const encrypted = connect({ host: "127.0.0.1", port, ca });
    await Promise.all([once(silent, "connect"), once(encrypted, "secureConnect")]);
    const ends = [silent, encrypted].map((socket) => {
      socket.on("error", () => {});
      return once(socket, "close");
    });
    await endpoint.close();
    await Promise.all(ends);
  });
});
