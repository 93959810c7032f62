import { expect } from "chai";
import type { AccessRequest, Authorize } from "../../../../../local/protocol/access.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const arn = "arn:aws:sns:eu-west-1:000000000000:orders";
const keyArn = "arn:aws:kms:eu-west-1:000000000000:key/1234";
const s3 = { kind: "service", name: "s3.amazonaws.com" } as const;
const bucket = { "aws:SourceArn": "arn:aws:s3:::uploads", "aws:SourceAccount": "000000000000" };

function makeTopic(denied: readonly string[], attributes: Record<string, string> = {}) {
  const requests: AccessRequest[] = [];
  const authorize: Authorize = (request) => {
    requests.push(request);
    return denied.includes(request.action)
      ? { allowed: false, reason: `no statement allows ${request.action}` }
      : { allowed: true };
  };
  const made = makeTopics({ authorize });
  made.topics.create("orders", attributes);
  return { ...made, requests };
}

describe("who may publish", () => {
  it("is asked of the permissions, with the publisher and the conditions of the call", () => {
    const { topics, requests } = makeTopic([]);
    topics.publish(arn, publication("x", { by: s3, context: bucket }));
    expect(requests).to.deep.equal([
      { principal: s3, action: "sns:Publish", resource: arn, context: bucket },
    ]);
  });

  it("is asked as over TLS where the call says nothing of its conditions", () => {
    const { topics, requests } = makeTopic([]);
    topics.publish(arn, publication("x", { by: s3 }));
    expect(requests.map(({ context }) => context)).to.deep.equal([
      { "aws:SecureTransport": "true" },
    ]);
  });

  it("is to sign the request, if the topic is not open to everyone", () => {
    const { topics } = makeTopic(["sns:Publish"]);
    const publish = () => topics.publish(arn, publication("x", { by: { kind: "anonymous" } }));
    expect(awsErrorOf(publish)).to.deep.equal({
      code: "MissingAuthenticationToken",
      message: "Request is missing Authentication Token",
    });
  });

  it("is told in AWS's words, and why", () => {
    const { topics, hops } = makeTopic(["sns:Publish"]);
    const from = "arn:aws:iam::000000000000:role/shop";
    const denied = () => topics.publish(arn, publication("x", { from, event: "order-1" }));
    expect(awsErrorOf(denied)).to.deep.equal({
      code: "AuthorizationError",
      message: `User: ${from} is not authorized to perform: SNS:Publish on resource: ${arn}. no statement allows sns:Publish`,
    });
    expect(denied).to.throw().with.property("status", 403);
    expect(hops("published")).to.deep.equal([]);
    expect(hops("denied")[0]).to.include({ event: "order-1", from, to: arn });
  });

  it("is asked for every message of a batch before any is accepted", () => {
    const { topics, hops } = makeTopic(["sns:Publish"]);
    const batch = () => topics.publishBatch(arn, [{ ...publication("x"), id: "1" }]);
    expect(awsErrorOf(batch).code).to.equal("AuthorizationError");
    expect(hops("published")).to.deep.equal([]);
  });
});

describe("publishing to an encrypted topic", () => {
  for (const [keyId, resource] of [
    [keyArn, keyArn],
    ["1234", keyArn],
    ["alias/orders", "arn:aws:kms:eu-west-1:000000000000:alias/orders"],
  ] as const) {
    it(`needs the key ${keyId}, to make data keys and to decrypt`, () => {
      const { topics, requests } = makeTopic([], { KmsMasterKeyId: keyId });
      topics.publish(arn, publication("x", { by: s3, context: bucket }));
      const context = { ...bucket, "kms:EncryptionContext:aws:sns:topicArn": arn };
      expect(requests.slice(1)).to.deep.equal([
        { principal: s3, action: "kms:GenerateDataKey", resource, context },
        { principal: s3, action: "kms:Decrypt", resource, context },
      ]);
    });
  }

  it("is refused without the key", () => {
    const { topics, hops } = makeTopic(["kms:Decrypt"], { KmsMasterKeyId: keyArn });
    expect(awsErrorOf(() => topics.publish(arn, publication("x")))).to.deep.equal({
      code: "KMSAccessDenied",
      message: "no statement allows kms:Decrypt",
    });
    expect(hops("denied")[0]?.reason).to.equal("no statement allows kms:Decrypt");
  });

  it("by the key that AWS manages is for callers of the account, not for other services", () => {
    const { topics, requests } = makeTopic([], { KmsMasterKeyId: "alias/aws/sns" });
    topics.publish(arn, publication("x"));
    expect(requests.map(({ action }) => action)).to.deep.equal(["sns:Publish"]);
    const { code, message } = awsErrorOf(() => topics.publish(arn, publication("x", { by: s3 })));
    expect(code).to.equal("KMSAccessDenied");
    expect(message).to.contain("s3.amazonaws.com may not use the key alias/aws/sns");
  });
});
