import { expect } from "chai";
import * as types from "../../../policyPack/types.ts";
import {
  asksForTls,
  broken,
  document,
  found,
  resource,
} from "../../harness/policyPack/judgedResource.ts";

describe("the policies on TLS", () => {
  for (const type of [types.topicPolicy, types.queue, types.queuePolicy, types.bucketPolicy]) {
    it(`requires TLS: ${type}`, () => {
      const policy = JSON.stringify({ Statement: [] });
      expect(found(type, { policy })).to.include("policies-ask-for-tls");
    });
  }

  for (const [what, statement] of [
    ["allows calls without TLS", { Effect: "Allow" }],
    ["denies it to one principal only", { Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
    ["denies calls over TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["denies for another reason", { Condition: { Bool: { "aws:ViaAWSService": "false" } } }],
  ] as const) {
    it(`requires TLS of a policy that ${what}`, () => {
      const policy = JSON.stringify({ Statement: { ...asksForTls, ...statement } });
      expect(found(types.queue, { policy })).to.include("policies-ask-for-tls");
    });
  }

  it("accepts a Deny for every principal in AWS's longer form", () => {
    const policy = JSON.stringify({ Statement: { ...asksForTls, Principal: { AWS: "*" } } });
    expect(found(types.queue, { policy })).to.deep.equal([]);
  });

  for (const [type, policyType] of [
    [types.topic, types.topicPolicy],
    [types.queue, types.queuePolicy],
    [types.bucket, types.bucketPolicy],
  ] as const) {
    it(`requires a policy, inline or as a resource: ${type}`, () => {
      const bare = resource(type, { policy: undefined });
      const name = "topics-queues-buckets-have-a-policy";
      const other = resource(policyType, {});
      expect(broken([bare, other])).to.deep.equal([name]);
      expect(broken([bare, resource(policyType, {}, [bare])])).to.deep.equal([]);
      expect(broken([resource(type, { policy: document() })])).to.deep.equal([]);
    });
  }
});
