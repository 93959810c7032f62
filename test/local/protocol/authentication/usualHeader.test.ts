import { expect } from "chai";
import { readUsualHeader } from "../../../../local/protocol/authentication/usualHeader.ts";

const credential = "Credential=AKID/20261129/eu-west-1/sqs/aws4_request";
const signature = "0123456789abcdef".repeat(4);

describe("an Authorization header as SDKs write it", () => {
  it("is read, with a signature of its own each time", () => {
    for (const each of [signature, "f".repeat(64)]) {
      for (const separator of [", ", ","]) {
        const parts = [credential, "SignedHeaders=host;X-Amz-Date", `Signature=${each}`];
        expect(readUsualHeader(`AWS4-HMAC-SHA256 ${parts.join(separator)}`)).to.deep.equal({
          scope: { accessKeyId: "AKID", date: "20261129", region: "eu-west-1", service: "sqs" },
          signedHeaders: ["host", "x-amz-date"],
          signature: each,
        });
      }
    }
  });

  it("is none in another order or form, or with another credential or signature", () => {
    const headers = [
      "",
      `AWS4-HMAC-SHA256 SignedHeaders=host, ${credential}, Signature=${signature}`,
      `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=${signature}, More=1`,
      `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=`,
      `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=${signature}0`,
      `AWS4-HMAC-SHA256 Credential=AKID/sqs, SignedHeaders=host, Signature=${signature}`,
      `AWS4-HMAC-SHA512 ${credential}, SignedHeaders=host, Signature=${signature}`,
      `AWS AKID:Signature=${signature}`,
    ];
    for (const header of headers) expect(readUsualHeader(header), header).to.equal(undefined);
  });
});
