import { expect } from "chai";
import { owner } from "../../../../local/protocol/access.ts";
import { authenticate } from "../../../../local/protocol/authentication/authenticate.ts";
import type { SignedRequest } from "../../../../local/protocol/authentication/signedRequest.ts";

const now = Date.UTC(2013, 4, 24);
const authentication = {
  accessKey: (id: string) =>
    id === "AKIAIOSFODNN7EXAMPLE"
      ? { secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", principal: owner }
      : undefined,
  region: "us-east-1",
  clocks: () => ({ cloud: now, machine: now }),
};
const credential = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html */
describe("the examples of AWS's documentation", () => {
  function verify(request: Partial<SignedRequest>): unknown {
    const whole = {
      method: "GET",
      path: "/",
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      ...request,
    };
    return authenticate(whole, { service: "s3", form: "s3" }, authentication);
  }

  const signedFor = (names: string, signature: string) =>
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;

  it("verify a signature in the header", () => {
    const headers = {
      host: "examplebucket.s3.amazonaws.com",
      range: "bytes=0-9",
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-amz-date": "20130524T000000Z",
      authorization: signedFor(
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      ),
    };
    expect(verify({ path: "/test.txt", headers })).to.equal(owner);
  });

  it("verify a presigned URL", () => {
    const query = new URLSearchParams({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": credential,
      "X-Amz-Date": "20130524T000000Z",
      "X-Amz-Expires": "86400",
      "X-Amz-SignedHeaders": "host",
      "X-Amz-Signature": "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    });
    const headers = { host: "examplebucket.s3.amazonaws.com" };
    expect(verify({ path: "/test.txt", query, headers })).to.equal(owner);
  });

  const chunk = (size: number, signature: string) =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}\r\n`;

  it("verify chunks", () => {
    const headers = {
      host: "s3.amazonaws.com",
      "x-amz-date": "20130524T000000Z",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "content-encoding": "aws-chunked",
      "x-amz-decoded-content-length": "66560",
      "content-length": "66824",
      authorization: signedFor(
        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
      ),
    };
    const body = Buffer.from(
      [
        chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
        chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
        chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
      ].join(""),
    );
    const request = { method: "PUT", path: "/examplebucket/chunkObject.txt", headers };
    expect(verify({ ...request, body })).to.equal(owner);
    expect(() =>
      verify({ ...request, body: Buffer.from(String(body).replace("aaa", "aab")) }),
    ).to.throw("does not match");
  });

  it("verify chunks with a trailer", () => {
    const headers = {
      host: "s3.amazonaws.com",
      "x-amz-date": "20130524T000000Z",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
      "content-encoding": "aws-chunked",
      "x-amz-decoded-content-length": "66560",
      "x-amz-trailer": "x-amz-checksum-crc32c",
      authorization: signedFor(
        "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
      ),
    };
    const body = (checksum: string) =>
      Buffer.from(
        [
          chunk(65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
          chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
          chunk(0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992").slice(0, -2),
          `x-amz-checksum-crc32c:${checksum}\r\n`,
          "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
        ].join(""),
      );
    const request = { method: "PUT", path: "/examplebucket/chunkObject.txt", headers };
    expect(verify({ ...request, body: body("sOO8/Q==") })).to.equal(owner);
    expect(() => verify({ ...request, body: body("AAAAAA==") })).to.throw("does not match");
  });
});
