import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
} from "node:http";
import { expect } from "chai";
import type { WebReply, WebRequest } from "../../../local/protocol/webMessage.ts";
import { type Sites, serveWeb, siteUrls } from "../../../local/web/webServer.ts";

describe("the server of sites", () => {
  let server: Server;
  let port: number;
  let requests: WebRequest[];
  let failures: string[];
  let reply: () => Promise<WebReply>;
  /** Whether each request has been dealt with, and how the connection to its browser is. */
  let served: { end: Promise<void>; closed: Promise<unknown> }[];

  beforeEach(async () => {
    requests = [];
    failures = [];
    served = [];
    reply = async () => ({ status: 200, headers: { "x-site": "yes" }, body: "the page" });
    const sites: Sites = {
      has: (name) => name === "rooms",
      domains: () => new Map([["rooms", "rooms.cloudfront.net"]]),
      answer: (_name, request) => {
        requests.push(request);
        return reply();
      },
    };
    server = createServer((request, response) => {
      const end = serveWeb(sites, request, response, (message, error) =>
        failures.push(`${message}: ${error}`),
      );
      served.push({ end, closed: once(response, "close") });
      server.emit("served");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    expect([...siteUrls(sites, "http://127.0.0.1:4566")]).to.deep.equal([
      ["rooms.cloudfront.net", "http://127.0.0.1:4566/_fanout/web/rooms"],
    ]);
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

  function send(path: string, { method = "GET", headers = {}, body }: Sent = {}) {
    return new Promise<{ status?: number; headers: IncomingHttpHeaders; body: string }>(
      (resolve, reject) => {
        const sent = httpRequest({ port, path, method, headers }, async (response) => {
          const text = Buffer.concat(await response.toArray()).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
        sent.once("error", reject);
        sent.end(body);
      },
    );
  }

  it("hands a request to the distribution that its path names, with what follows", async () => {
    const { status, headers, body } = await send("/_fanout/web/rooms/a%20b/c?d=e%20f&g", {
      method: "POST",
      headers: { "X-Mine": "1" },
      body: "née",
    });
    expect({ status, body }).to.deep.equal({ status: 200, body: "the page" });
    expect(headers).to.include({ "x-site": "yes", "content-length": "8" });
    expect(requests).to.have.lengthOf(1);
    const [request] = requests;
    expect(request).to.deep.include({
      method: "POST",
      path: "/a%20b/c",
      query: "d=e%20f&g",
      body: Buffer.from("née"),
      sourceIp: "127.0.0.1",
    });
    expect(request?.headers).to.include({ "x-mine": "1" });
  });

  it("adds the slash that a page's relative links need", async () => {
    const { status, headers } = await send("/_fanout/web/rooms");
    expect(status).to.equal(308);
    expect(headers.location).to.equal("/_fanout/web/rooms/");
    expect(requests).to.deep.equal([]);
  });

  for (const path of [
    "/_fanout/web/",
    "/_fanout/web/photos/",
    "/_fanout/web/photos",
    "/_fanout/web/%E0%A4/",
  ]) {
    it(`answers 404 for ${path}`, async () => {
      expect((await send(path)).status).to.equal(404);
      expect(requests).to.deep.equal([]);
      expect(failures).to.deep.equal([]);
    });
  }

  it("sends several values of a header in several lines", async () => {
    reply = async () => ({ status: 200, headers: { "set-cookie": ["a=1", "b=2"] }, body: "" });
    expect((await send("/_fanout/web/rooms/")).headers["set-cookie"]).to.deep.equal(["a=1", "b=2"]);
  });

  it("sends no body to HEAD, and says how long it would be", async () => {
    const { headers, body } = await send("/_fanout/web/rooms/", { method: "HEAD" });
    expect({ length: headers["content-length"], body }).to.deep.equal({ length: "8", body: "" });
  });

  it("keeps one byte more of a body than an HTTP API takes, so that the API refuses it", async () => {
    const limit = 10 * 1024 * 1024;
    await send("/_fanout/web/rooms/", { method: "POST", body: Buffer.alloc(limit + 100_000) });
    expect(requests[0]?.body.length).to.be.within(limit + 1, limit + 100_000);
  });

  it("answers 500 when it fails itself, and tells of it", async () => {
    reply = () => Promise.reject(new Error("the disk is on fire"));
    const { status, body } = await send("/_fanout/web/rooms/a");
    expect(status).to.equal(500);
    expect(body).to.contain("the disk is on fire");
    expect(failures).to.deep.equal(["GET /_fanout/web/rooms/a failed: Error: the disk is on fire"]);
  });

  it("fails for a header that HTTP does not allow, and not without an answer", async () => {
    reply = async () => ({ status: 200, headers: { "x-line": "a\nb" }, body: "" });
    expect((await send("/_fanout/web/rooms/")).status).to.equal(500);
    expect(failures).to.have.lengthOf(1);
  });

  it("reports no failure if the browser disconnects before it has sent everything", async () => {
    const sent = httpRequest({
      port,
      path: "/_fanout/web/rooms/",
      method: "POST",
      headers: { "content-length": "100" },
    });
    sent.once("error", () => {});
    sent.write("half");
    await once(server, "served");
    sent.destroy();
    await served[0]?.end;
    expect(requests).to.deep.equal([]);
    expect(failures).to.deep.equal([]);
  });

  it("reports no failure if the browser disconnects before the reply", async () => {
    const late = Promise.withResolvers<WebReply>();
    reply = () => late.promise;
    const sent = httpRequest({ port, path: "/_fanout/web/rooms/" });
    sent.once("error", () => {});
    sent.end();
    await once(server, "served");
    sent.destroy();
    await served[0]?.closed;
    late.resolve({ status: 200, headers: {}, body: "the page" });
    await served[0]?.end;
    expect(failures).to.deep.equal([]);
  });
});
