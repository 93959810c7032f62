import { expect } from "chai";
import { signingName } from "../../../../local/protocol/authentication/readSignature.ts";

describe("the signing name of a request", () => {
  const none = new URLSearchParams();
  const nameIn = (authorization: string) =>
    signingName({ headers: { authorization }, query: none });

  it("stands in the Authorization header, with a region or without", () => {
    const rest = "SignedHeaders=host, Signature=00";
    expect(
      nameIn(`AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/sqs/aws4_request, ${rest}`),
    ).to.equal("sqs");
    expect(nameIn(`AWS4-ECDSA-P256-SHA256 Credential=A/20260101/s3/aws4_request,${rest}`)).to.equal(
      "s3",
    );
  });

  it("stands in a presigned URL of version 4, and is S3's in version 2", () => {
    const version4 = { "X-Amz-Credential": "AKID/20260101/eu-west-1/sns/aws4_request" };
    expect(signingName({ headers: {}, query: new URLSearchParams(version4) })).to.equal("sns");
    const version2 = { AWSAccessKeyId: "AKID", Signature: "0", Expires: "1" };
    expect(signingName({ headers: {}, query: new URLSearchParams(version2) })).to.equal("s3");
    expect(nameIn("AWS AKID:c2lnbmF0dXJl")).to.equal("s3");
  });

  it("is missing from a request without a signature", () => {
    expect(signingName({ headers: {}, query: none })).to.equal(undefined);
    expect(nameIn("Bearer token")).to.equal(undefined);
  });
});
