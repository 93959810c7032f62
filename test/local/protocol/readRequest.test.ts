import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect } from "chai";
import { readRequest } from "../../../local/protocol/readRequest.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

describe("reading a request", () => {
  function request(url: string, ...chunks: Buffer[]): IncomingMessage {
    const message = new IncomingMessage(new Socket());
    Object.assign(message, { method: "PUT", url, complete: true });
    for (const chunk of chunks) message.push(chunk);
    message.push(null);
    return message;
  }

  it("takes the path and the query apart at the first question mark", async () => {
    const call = await readRequest(
      request("/a%3Fb?c=d?e&f=g+h%2B", Buffer.from("bo"), Buffer.from("dy")),
    );
    expect(call.path).to.equal("/a%3Fb");
    expect([...call.query]).to.deep.equal([
      ["c", "d?e"],
      ["f", "g h+"],
    ]);
    expect(call.body.toString()).to.equal("body");
    expect((await readRequest(request("/"))).body).to.have.length(0);
  });

  it("refuses a body of more than 512 MiB, but hears it out", async () => {
    const part = Buffer.alloc(64 * 1024 * 1024);
    const tooMuch = request(
      "/bucket/key",
      ...Array.from({ length: 8 }, () => part),
      Buffer.from("!"),
    );
    const failure = await failureOf(readRequest(tooMuch));
    expect(failure.name).to.equal("EntityTooLarge");
    expect(failure.message).to.contain(
      "it has 536870913 bytes, and the local cloud accepts 536870912",
    );
    expect(tooMuch.readableEnded).to.equal(true);
  });
});
