import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { servePage } from "../../../local/console/servePage.ts";

describe("the console's document", () => {
  let server: Server;
  let response: Response;
  let html: string;

  before(async () => {
    server = createServer((_request, reply) => void servePage(reply));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    html = await response.text();
  });
  after((done) => {
    server.close(done);
    server.closeAllConnections();
  });

  it("is whole, and weighs less than 150 KB", () => {
    expect(html).to.match(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    expect(html.length).to.be.below(150 * 1024);
    expect(html.match(/<script/g)).to.have.lengthOf(1);
    expect(html).not.to.match(/(?:src|href)="https?:/);
  });

  it("may run its own script and style, and nothing else", () => {
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const name of ["script", "style"]) {
      const [, text = ""] = new RegExp(`<${name}[^>]*>([\\s\\S]*?)</${name}>`).exec(html) ?? [];
      const hash = createHash("sha256").update(text).digest("base64");
      expect(policy, name).to.contain(`${name}-src 'sha256-${hash}';`);
    }
    expect(policy).to.match(/^default-src 'none';/);
    expect(policy).not.to.contain("unsafe");
    expect(policy).to.contain("frame-ancestors 'none'");
  });
});
