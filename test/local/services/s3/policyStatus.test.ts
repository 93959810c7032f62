import { expect } from "chai";
import { isPublicPolicy } from "../../../../local/services/s3/policyStatus.ts";

describe("a bucket's policy is public", () => {
  const status = (statement: object) =>
    isPublicPolicy(
      JSON.stringify({
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement },
      }),
    );

  const cases: readonly [what: string, statement: object, isPublic: boolean][] = [
    ["where it lets everyone in", { Principal: "*" }, true],
    ["where it lets every account in", { Principal: { AWS: ["*"] } }, true],
    ["not for an account", { Principal: { AWS: "111111111111" } }, false],
    ["not for a service", { Principal: { Service: "cloudfront.amazonaws.com" } }, false],
    ["not where it denies", { Effect: "Deny", Principal: "*" }, false],
    [
      "not where a condition names the callers",
      { Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } },
      false,
    ],
    [
      "where a condition names no callers",
      { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } },
      true,
    ],
    [
      "where a condition allows all addresses",
      { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
      true,
    ],
  ];
  for (const [what, statement, isPublic] of cases) {
    it(what, () => {
      expect(status(statement)).to.equal(isPublic);
    });
  }
});
