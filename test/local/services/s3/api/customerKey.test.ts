import { createHash } from "node:crypto";
import { expect } from "chai";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const customer = "server-side-encryption-customer";

/** The headers of a key that is 32 times one character. */
function keyHeaders(character: string, start = "x-amz-"): Record<string, string> {
  const key = Buffer.alloc(32, character);
  return {
    [`${start}${customer}-algorithm`]: "AES256",
    [`${start}${customer}-key`]: key.toString("base64"),
    [`${start}${customer}-key-md5`]: createHash("md5").update(key).digest("base64"),
  };
}

describe("an object with a key of its owner", () => {
  let s3: S3Endpoint;

  before(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
    await send("PUT", "cat", keyHeaders("a"));
  });

  after(() => s3.close());

  async function send(method: string, key: string, headers: Record<string, string> = {}) {
    const body = method === "PUT" ? { body: "meow" } : {};
    const reply = await s3.send({ method, path: `/photos/${key}`, headers, ...body });
    return { ...reply, code: /<Code>(\w+)</.exec(reply.body)?.[1] };
  }

  it("is read with that key, of which replies name the hash", async () => {
    const { status, body, headers } = await send("GET", "cat", keyHeaders("a"));
    expect([status, body]).to.deep.equal([200, "meow"]);
    const { [`x-amz-${customer}-key`]: _secret, ...named } = keyHeaders("a");
    expect(headers).to.include(named);
    expect(headers).not.to.have.property("x-amz-server-side-encryption");
    expect(headers).not.to.have.property(`x-amz-${customer}-key`);
  });

  it("is not read without the key, or with another one", async () => {
    expect(await send("GET", "cat")).to.include({ status: 400, code: "InvalidRequest" });
    expect(await send("HEAD", "cat")).to.include({ status: 400 });
    const other = await send("GET", "cat", keyHeaders("b"));
    expect(other).to.include({ status: 403, code: "AccessDenied" });
    const copied = await send("PUT", "copy", { "x-amz-copy-source": "photos/cat" });
    expect(copied).to.include({ status: 400, code: "InvalidRequest" });
  });

  it("is copied with its key, and the copy has its own or none", async () => {
    const source = {
      "x-amz-copy-source": "photos/cat",
      ...keyHeaders("a", "x-amz-copy-source-"),
    };
    expect((await send("PUT", "open", source)).status).to.equal(200);
    expect((await send("GET", "open")).body).to.equal("meow");
    expect((await send("PUT", "closed", { ...source, ...keyHeaders("b") })).status).to.equal(200);
    expect((await send("GET", "closed", keyHeaders("b"))).body).to.equal("meow");
  });

  it("is uploaded in parts that all come with the key", async () => {
    const begun = await send("POST", "big?uploads", keyHeaders("a"));
    const id = /<UploadId>(.*?)</.exec(begun.body)?.[1];
    const part = (headers: Record<string, string>) =>
      send("PUT", `big?partNumber=1&uploadId=${id}`, headers);
    expect(await part({})).to.include({ status: 400, code: "InvalidRequest" });
    expect(await part(keyHeaders("b"))).to.include({ status: 400, code: "InvalidRequest" });
    const uploaded = await part(keyHeaders("a"));
    expect(uploaded.status).to.equal(200);
    const ended = await s3.send({
      method: "POST",
      path: `/photos/big?uploadId=${id}`,
      body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${uploaded.headers.etag}</ETag></Part></CompleteMultipartUpload>`,
    });
    // Without the key S3 cannot compute the checksum that it adds to other objects.
    expect(ended.status).to.equal(200);
    expect(ended.body).not.to.contain("Checksum");
    expect((await send("GET", "big", keyHeaders("a"))).body).to.equal("meow");
  });

  const rejected: readonly [what: string, change: Record<string, string>, code: string][] = [
    [
      "another algorithm",
      { [`x-amz-${customer}-algorithm`]: "DES" },
      "InvalidEncryptionAlgorithmError",
    ],
    [
      "another hash",
      { [`x-amz-${customer}-key-md5`]: "AAAAAAAAAAAAAAAAAAAAAA==" },
      "InvalidArgument",
    ],
    ["a short key", { [`x-amz-${customer}-key`]: "AAAA" }, "InvalidArgument"],
    ["S3's own keys beside it", { "x-amz-server-side-encryption": "AES256" }, "InvalidArgument"],
  ];
  for (const [what, change, code] of rejected) {
    it(`is rejected with ${what}`, async () => {
      const reply = await send("PUT", "dog", { ...keyHeaders("a"), ...change });
      expect(reply).to.include({ status: 400, code });
    });
  }
});
