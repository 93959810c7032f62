import { expect } from "chai";
import * as types from "../../../policyPack/types.ts";
import { document, found } from "../../harness/policyPack/judgedResource.ts";

describe("the policies on grants", () => {
  describe("rejects a grant that is too wide:", () => {
    for (const [what, type, statement] of [
      ["everybody", types.queuePolicy, { Principal: "*", Action: "sqs:SendMessage" }],
      ["everybody of AWS", types.topicPolicy, { Principal: { AWS: "*" }, Action: "sns:Publish" }],
      ["every action", types.rolePolicy, { Action: "*", Resource: "arn:aws:sqs:eu-west-1:1:q" }],
      [
        "a service's every action",
        types.bucketPolicy,
        { Principal: { AWS: "1" }, Action: ["s3:*"] },
      ],
      [
        "a key's for a service",
        types.keyPolicy,
        { Principal: { Service: "sns.amazonaws.com" }, Action: "kms:*" },
      ],
      [
        "a key's for a role of its account",
        types.keyPolicy,
        { Principal: { AWS: "arn:aws:iam::123456789012:role/a" }, Action: "kms:*" },
      ],
      ["every resource", types.rolePolicy, { Action: "sqs:SendMessage", Resource: "*" }],
      ["every resource, managed", types.managedPolicy, { Action: "s3:GetObject", Resource: ["*"] }],
      ["all but an action", types.rolePolicy, { NotAction: "iam:PassRole", Resource: "a" }],
      ["all but a resource", types.rolePolicy, { Action: "s3:GetObject", NotResource: "a" }],
      [
        "every principal but one",
        types.topicPolicy,
        { NotPrincipal: { AWS: "1" }, Action: "sns:Publish" },
      ],
    ] as const) {
      it(what, () => {
        expect(found(type, { policy: document(statement) })).to.deep.equal(["grants-are-narrow"]);
      });
    }

    it("to every principal that may assume a role", () => {
      const assumeRolePolicy = document({ Principal: "*", Action: "sts:AssumeRole" });
      expect(found(types.role, { assumeRolePolicy })).to.deep.equal(["grants-are-narrow"]);
    });

    it("an AWS managed policy for full access", () => {
      const policyArn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
      expect(found(types.policyAttachment, { policyArn })).to.deep.equal(["no-full-access"]);
    });
  });

  describe("accepts a grant", () => {
    for (const [what, type, statement] of [
      [
        "for everybody with a condition",
        types.topicPolicy,
        {
          Principal: "*",
          Action: "sns:Publish",
          Condition: { StringEquals: { "aws:SourceAccount": "1" } },
        },
      ],
      [
        "of a key to its account",
        types.keyPolicy,
        { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
      ],
      [
        "on everything with a condition",
        types.rolePolicy,
        {
          Action: "ses:SendEmail",
          Resource: "*",
          Condition: { StringEquals: { "ses:FromAddress": "a@b.c" } },
        },
      ],
      [
        "of what has no resources",
        types.rolePolicy,
        { Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
      ],
      [
        "of some actions by prefix",
        types.keyPolicy,
        { Principal: { Service: "sns.amazonaws.com" }, Action: "kms:GenerateDataKey*" },
      ],
    ] as const) {
      it(what, () => {
        expect(found(type, { policy: document(statement) })).to.deep.equal([]);
      });
    }
  });
});
