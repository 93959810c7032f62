import { expect } from "chai";
import type { AccessRequest, Principal } from "../../../../local/protocol/access.ts";
import { evaluate } from "../../../../local/services/iam/evaluate.ts";
import { parsePolicy } from "../../../../local/services/iam/policy.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:orders-inventory";
const topic = "arn:aws:sns:eu-west-1:000000000000:orders";
const roleArn = "arn:aws:iam::000000000000:role/worker";
const role: Principal = { kind: "role", arn: roleArn };
const foreignRole: Principal = { kind: "role", arn: "arn:aws:iam::111111111111:role/worker" };
const sns: Principal = { kind: "service", name: "sns.amazonaws.com" };
const owner: Principal = { kind: "account", account: "000000000000" };

function send(principal: Principal, context: AccessRequest["context"] = {}): AccessRequest {
  return { principal, action: "sqs:SendMessage", resource: queue, context };
}

type Documents = { identity?: object[]; resource?: object[]; kms?: boolean };

function decide(request: AccessRequest, { identity, resource, kms }: Documents) {
  return evaluate(request, {
    identity: identity ? [parsePolicy("the policy of the role", { Statement: identity })] : [],
    resource: resource && parsePolicy("the policy of the queue", { Statement: resource }),
    resourceAccount: "000000000000",
    resourcePolicyDecides: kms ?? false,
  });
}

const own = { Sid: "Send", Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };
const topicSends = {
  Sid: "TopicSends",
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queue,
  Condition: { ArnEquals: { "aws:SourceArn": topic } },
};
const denyInsecure = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queue,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const rootMay = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::000000000000:root" },
  Action: "sqs:*",
  Resource: queue,
};

describe("evaluating a call", () => {
  const allowed: [string, AccessRequest, Documents][] = [
    ["a role by its own policy", send(role), { identity: [own] }],
    [
      "a role by the resource's policy, which names it",
      send(role),
      { resource: [{ ...topicSends, Principal: { AWS: roleArn }, Condition: {} }] },
    ],
    [
      "a service by the resource's policy, for the source that it names",
      send(sns, { "aws:SourceArn": topic }),
      { resource: [topicSends] },
    ],
    ["the owner, with no policy at all", send(owner), {}],
    [
      "a role of another account, when both its policy and the resource's allow it",
      send(foreignRole),
      {
        identity: [own],
        resource: [{ ...rootMay, Principal: { AWS: "111111111111" } }],
      },
    ],
    [
      "a call over TLS, where others are denied",
      send(role, { "aws:SecureTransport": "true" }),
      { identity: [own], resource: [denyInsecure] },
    ],
    ["a call that says nothing of TLS", send(role), { identity: [own], resource: [denyInsecure] }],
    [
      "a role on a key, when the key's policy leaves it to the account",
      send(role),
      { identity: [own], resource: [rootMay], kms: true },
    ],
    [
      "actions in any case, and by pattern",
      send(role),
      { identity: [{ ...own, Action: "SQS:send*" }] },
    ],
    [
      "all but the named actions",
      send(role),
      { identity: [{ ...own, Action: undefined, NotAction: "sqs:DeleteMessage" }] },
    ],
  ];
  for (const [what, request, documents] of allowed) {
    it(`allows ${what}`, () => {
      expect(decide(request, documents)).to.deep.equal({ allowed: true });
    });
  }

  const denied: [string, AccessRequest, Documents, string][] = [
    [
      "a role with no statement for it",
      send(role),
      { identity: [{ ...own, Action: "sqs:ReceiveMessage" }] },
      `${roleArn} may not sqs:SendMessage on ${queue}: the policy of the role has no statement for it`,
    ],
    [
      "a role on another queue",
      { ...send(role), resource: `${queue}-dlq` },
      { identity: [own] },
      "Send in the policy of the role comes nearest, but its Resource is",
    ],
    [
      "a role whose account only is named",
      send(role),
      { resource: [{ Sid: "Root", ...rootMay }] },
      "Root in the policy of the queue leaves it to the caller's own policies, and none allows it",
    ],
    [
      "another topic",
      send(sns, { "aws:SourceArn": `${topic}-other` }),
      { resource: [topicSends] },
      `TopicSends in the policy of the queue comes nearest, but its Condition wants aws:SourceArn ArnEquals ${topic} (given ${topic}-other)`,
    ],
    ["a service that names no source", send(sns), { resource: [topicSends] }, "(given none)"],
    [
      "a service that is not named",
      send({ kind: "service", name: "events.amazonaws.com" }, { "aws:SourceArn": topic }),
      { resource: [topicSends] },
      "its Principal is sns.amazonaws.com",
    ],
    [
      "what a statement denies, whatever allows it",
      send(role, { "aws:SecureTransport": "false" }),
      { identity: [own], resource: [denyInsecure] },
      "DenyInsecureTransport in the policy of the queue denies it",
    ],
    [
      "even the owner, where a statement denies",
      send(owner, { "aws:SecureTransport": "false" }),
      { resource: [denyInsecure] },
      "DenyInsecureTransport",
    ],
    [
      "a role of another account by the resource's policy alone",
      send(foreignRole),
      { resource: [{ ...rootMay, Principal: { AWS: foreignRole.arn } }] },
      "leaves it to the caller's own policies, and none allows it",
    ],
    [
      "a role of another account by its own policy alone",
      send(foreignRole),
      { identity: [own] },
      foreignRole.arn,
    ],
    [
      "a role on a key by its own policy alone",
      send(role),
      { identity: [own], kms: true },
      roleArn,
    ],
    [
      "whom NotPrincipal leaves out",
      send(role),
      {
        identity: [own],
        resource: [
          {
            Sid: "OnlyOthers",
            Effect: "Deny",
            NotPrincipal: { AWS: "arn:aws:iam::000000000000:role/other" },
            Action: "sqs:*",
            Resource: queue,
          },
        ],
      },
      "OnlyOthers",
    ],
  ];
  for (const [what, request, documents, reason] of denied) {
    it(`denies ${what}, and says why`, () => {
      const decision = decide(request, documents);
      expect(decision.allowed).to.equal(false);
      expect(decision).to.have.property("reason").that.includes(reason);
    });
  }
});
