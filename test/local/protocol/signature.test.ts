import { expect } from "chai";
import { signerOf } from "../../../local/protocol/signature.ts";

describe("the signer of a request", () => {
  const none = new URLSearchParams();

  it("stands in the Authorization header", () => {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=00";
    expect(signerOf({ authorization }, none)).to.deep.equal({
      accessKeyId: "AKID",
      service: "sqs",
      region: "eu-west-1",
    });
  });

  it("has no region where the signature holds for all", () => {
    const authorization =
      "AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/s3/aws4_request,SignedHeaders=host,Signature=00";
    expect(signerOf({ authorization }, none)).to.deep.equal({
      accessKeyId: "AKID",
      service: "s3",
      region: undefined,
    });
  });

  it("stands in a presigned URL, of either version", () => {
    const version4 = new URLSearchParams({
      "X-Amz-Credential": "AKID/20260101/eu-west-1/s3/aws4_request",
    });
    expect(signerOf({}, version4)).to.deep.equal({
      accessKeyId: "AKID",
      service: "s3",
      region: "eu-west-1",
    });
    const version2 = new URLSearchParams({ AWSAccessKeyId: "AKID", Signature: "0", Expires: "1" });
    expect(signerOf({}, version2)).to.deep.equal({
      accessKeyId: "AKID",
      service: "s3",
      region: undefined,
    });
  });

  it("has no access key for a request without a signature", () => {
    const nobody = { accessKeyId: undefined, service: undefined, region: undefined };
    expect(signerOf({}, none)).to.deep.equal(nobody);
    expect(signerOf({ authorization: "Bearer token" }, none)).to.deep.equal(nobody);
  });
});
