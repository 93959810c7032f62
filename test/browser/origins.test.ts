import type { ServerResponse } from "node:http";
import { expect } from "chai";
import { type Endpoint, serveEndpoint } from "../../local/protocol/server.ts";
import { describeInBrowser } from "../harness/browser/browser.ts";
import { ownerOnly } from "../harness/endpoints/authentication.ts";

/** Tries everything that would give it the console, and writes down what it got. */
const hostile = `<!doctype html><title></title><script type="module">
const base = "CONSOLE";
const attempt = async (what) => {
  try {
    return await what();
  } catch (error) {
    return "blocked";
  }
};
const read = async (url, options) => {
  const response = await fetch(url, options);
  return response.ok ? "read " + (await response.text()).slice(0, 20) : "refused " + response.status;
};
const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
const framed = (url) =>
  new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    frame.onload = () => {
      try {
        resolve("read " + frame.contentDocument.title.slice(0, 20));
      } catch (error) {
        reject(error);
      }
    };
    document.body.append(frame);
  });
const outcomes = [
  await attempt(() => read("/_fanout/outputs")),
  await attempt(() => read(base + "/_fanout/outputs")),
  await attempt(() => read("/_fanout/api/clear-outbox", post)),
  await attempt(() => read(base + "/_fanout/api/clear-outbox", post)),
  await attempt(() => framed(base + "/")),
];
document.title = outcomes.join("; ");
</script><body>`;

const sitePath = "/_fanout/web/";

describeInBrowser("a hostile page", (open) => {
  let endpoint: Endpoint;
  before(async () => {
    endpoint = await serveEndpoint({
      port: 0,
      ...ownerOnly,
      sitePath,
      services: {
        s3: async () => ({ status: 200, headers: { "content-type": "text/html" }, body: page() }),
      },
      console: ({ url }, response) =>
        html(response, url?.startsWith(sitePath) ? page() : "<title>console</title>"),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
  });
  after(() => endpoint.close());

  const page = () => hostile.replace("CONSOLE", endpoint.url);

  function html(response: ServerResponse, body: string): void {
    response.writeHead(200, { "content-type": "text/html" }).end(body);
  }

  it("of a site has another origin than the console, and gets nothing of it", async () => {
    const opened = await open(`${endpoint.url}${sitePath}shop/`);
    expect(new URL(opened.url()).hostname).to.equal("localhost");
    await opened.locator("title:not(:empty)").waitFor({ state: "attached" });
    expect((await opened.title()).split("; ")).to.deep.equal([
      "refused 403",
      "blocked",
      "refused 403",
      "blocked",
      "blocked",
    ]);
  });

  it("that is an object runs no script", async () => {
    const opened = await open(`${endpoint.url}/bucket/hostile.html`);
    expect(await opened.title()).to.equal("");
    expect(await opened.evaluate("origin")).to.equal("null");
  });
});
