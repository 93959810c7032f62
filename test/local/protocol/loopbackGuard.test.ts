import { expect } from "chai";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";
import { ownerOnly } from "../../harness/endpoints/authentication.ts";
import { type Sent, sendRaw } from "../../harness/endpoints/signedRequests.ts";

describe("pages in browsers", () => {
  let endpoint: Endpoint;
  let console: string;
  let sites: string;

  before(async () => {
    endpoint = await serveEndpoint({
      port: 0,
      ...ownerOnly,
      sitePath: "/_fanout/web/",
      services: { s3: async () => ({ status: 200, headers: {}, body: "object" }) },
      console: ({ url }, response) =>
        response.end(url?.startsWith("/_fanout/web/") ? "site" : "console"),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
    console = `127.0.0.1:${endpoint.port}`;
    sites = `localhost:${endpoint.port}`;
  });

  after(() => endpoint.close());

  /** What a request gets, by default to the console's name. */
  async function answer(path: string, headers: Record<string, string> = {}, method = "GET") {
    const sent: Sent = { method, path, headers: { host: console, ...headers } };
    const { status, headers: replied, body } = await sendRaw(endpoint.port, sent);
    return replied.location ?? (status === 403 ? `403 ${body}` : body);
  }

  const navigate = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  const script = { "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" };

  const doors = ["/", "/_fanout/outputs", "/_fanout/web/shop/", "/bucket/key"];

  it("of the web reach nothing, under a foreign name or across sites", async () => {
    const refused: readonly Record<string, string>[] = [
      { host: "evil.example:4566" },
      { host: "127.0.0.1.evil.example" },
      { host: `localhost.evil.example:${endpoint.port}` },
      { origin: "https://evil.example" },
      { origin: "http://127.0.0.1.evil.example" },
      { origin: "null" },
      { ...script, "sec-fetch-site": "cross-site" },
      {
        "sec-fetch-mode": "no-cors",
        "sec-fetch-site": "cross-site",
        referer: "https://evil.example/",
      },
    ];
    for (const headers of refused) {
      for (const path of doors) {
        expect(await answer(path, headers), path + JSON.stringify(headers)).to.match(
          /^403 Refused: /,
        );
        expect(await answer(path, headers, "POST")).to.match(/^403 Refused: /);
      }
    }
  });

  it("of the web may link to the console and to sites, and post to neither", async () => {
    const linked = { ...navigate, "sec-fetch-site": "cross-site" };
    expect(await answer("/", linked)).to.equal("console");
    expect(await answer("/_fanout/web/shop/", { ...linked, host: sites })).to.equal("site");
    for (const path of ["/_fanout/outputs", "/bucket/key"]) {
      expect(await answer(path, linked), path).to.match(/^403 /);
    }
    for (const path of doors) expect(await answer(path, linked, "POST"), path).to.match(/^403 /);
  });

  it("of other servers on this machine neither read nor operate the console", async () => {
    for (const site of ["same-site", "cross-site"]) {
      const other = { ...script, "sec-fetch-site": site };
      expect(await answer("/_fanout/outputs", other)).to.match(/^403 /);
      expect(await answer("/_fanout/api/redrive", other, "POST")).to.match(/^403 /);
    }
    for (const origin of ["http://127.0.0.1:3000", "http://localhost:3000", `http://${sites}`]) {
      expect(await answer("/_fanout/outputs", { origin })).to.match(/^403 /);
      expect(await answer("/_fanout/api/redrive", { origin }, "POST")).to.match(/^403 /);
      expect(await answer("/_fanout/api/redrive", { origin }, "OPTIONS")).to.match(/^403 /);
    }
  });

  it("of other servers on this machine call services, under either name", async () => {
    const across = { ...script, "sec-fetch-site": "cross-site", origin: "http://localhost:3000" };
    expect(await answer("/bucket/key", across)).to.equal("object");
    expect(await answer("/bucket/key", across, "PUT")).to.equal("object");
    expect(await answer("/_fanout/web/api/orders", across, "POST")).to.equal("site");
  });

  it("of the console read and operate it", async () => {
    const own = { ...script, "sec-fetch-site": "same-origin" };
    expect(await answer("/_fanout/outputs", own)).to.equal("console");
    const posted = { ...own, origin: `http://${console}` };
    expect(await answer("/_fanout/api/redrive", posted, "POST")).to.equal("console");
    expect(await answer("/", { ...navigate, "sec-fetch-site": "none" })).to.equal("console");
  });

  it("have the origin localhost for sites, and 127.0.0.1 for the console", async () => {
    const opened = { ...navigate, "sec-fetch-site": "none" };
    expect(await answer("/_fanout/web/shop/a?b=c", opened)).to.equal(
      `http://${sites}/_fanout/web/shop/a?b=c`,
    );
    expect(await answer("/_fanout/web/shop/a", { ...opened, host: sites })).to.equal("site");
    expect(await answer("/", { ...opened, host: sites })).to.equal(`http://${console}/`);
    expect(await answer("/_fanout/mail/1", { ...opened, host: sites })).to.equal(
      `http://${console}/_fanout/mail/1`,
    );
  });

  it("of sites may not touch the console under their own name", async () => {
    const own = { host: sites, ...script, "sec-fetch-site": "same-origin" };
    for (const path of ["/", "/_fanout/outputs", "/_fanout/api/redrive", "/_fanout/events"]) {
      expect(await answer(path, own), path).to.match(/^403 Refused: the program's sites have/);
      expect(await answer(path, { ...own, origin: `http://${sites}` }, "POST"), path).to.satisfy(
        (body: string) => path === "/" || body.startsWith("403 "),
      );
    }
  });

  it("of sites may call services and other sites, and read their answers", async () => {
    const origin = `http://${sites}`;
    const across = { ...script, "sec-fetch-site": "cross-site", origin };
    for (const path of ["/bucket/key", "/_fanout/web/api/orders"]) {
      const { status, headers } = await sendRaw(endpoint.port, {
        path,
        headers: { host: console, ...across },
      });
      expect(status, path).to.equal(200);
      expect(headers["access-control-allow-origin"]).to.equal(origin);
    }
    const preflight = await sendRaw(endpoint.port, {
      method: "OPTIONS",
      path: "/bucket/key",
      headers: {
        host: console,
        ...across,
        "access-control-request-method": "PUT",
        "access-control-request-headers": "content-type",
      },
    });
    expect(preflight.status).to.equal(204);
    expect(preflight.headers).to.include({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "content-type",
    });
    const image = { "sec-fetch-mode": "no-cors", "sec-fetch-site": "cross-site" };
    expect(
      await answer("/bucket/key", { ...image, referer: `${origin}/_fanout/web/shop/` }),
    ).to.equal("object");
  });

  it("are no concern of other clients, under any name of this machine", async () => {
    const fetched = await fetch(`http://localhost:${endpoint.port}/_fanout/outputs`);
    expect(await fetched.text()).to.equal("console");
    for (const host of ["localhost:4566", "photos.s3.localhost", "[::1]:4566", "127.0.0.1"]) {
      const root = host.startsWith("photos.") ? "object" : "console";
      expect(await answer("/", { host }), host).to.equal(root);
      expect(await answer("/_fanout/web/shop/", { host }), host).to.equal("site");
      expect(await answer("/bucket/key", { host }), host).to.equal("object");
    }
  });
});
