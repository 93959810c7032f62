import { expect } from "chai";
import type { Properties, Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules/index.ts";
import * as types from "../../policies/types.ts";
import { violations } from "../harness/judgedStack.ts";

/** Resources that keep to every rule. */
const good = {
  [types.topic]: { kmsMasterKeyId: "alias/orders" },
  [types.topicPolicy]: { policy: document() },
  [types.queue]: { sqsManagedSseEnabled: true, policy: document() },
  [types.queuePolicy]: { policy: document() },
  [types.bucket]: { policy: document() },
  [types.bucketPolicy]: { policy: document() },
  [types.table]: { serverSideEncryption: { enabled: true } },
  [types.key]: { enableKeyRotation: true },
  [types.keyPolicy]: { policy: document() },
  [types.lambdaFunction]: { loggingConfig: { logFormat: "JSON", logGroup: "orders" } },
  [types.mapping]: {},
  [types.logGroup]: { retentionInDays: 30 },
  [types.role]: { assumeRolePolicy: document() },
  [types.rolePolicy]: { policy: document() },
  [types.managedPolicy]: { policy: document() },
  [types.policyAttachment]: { policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess" },
};

describe("a policy", () => {
  it("finds nothing in resources that are as they should be", () => {
    const all = Object.keys(good).map((type) => resource(type, {}));
    // What has its policy in a resource of its own is told from the others by that.
    const topic = resource(types.topic, {}, [], "orders");
    const open = [topic, resource(types.topicPolicy, {}, [topic])];
    expect(
      violations(rules, [...all.filter(({ type }) => type !== types.topic), ...open]),
    ).to.deep.equal([]);
  });

  it("wants queues encrypted", () => {
    expect(found(types.queue, { sqsManagedSseEnabled: false })).to.deep.equal([
      "queues-are-encrypted",
    ]);
    expect(
      found(types.queue, { sqsManagedSseEnabled: undefined, kmsMasterKeyId: "k" }),
    ).to.deep.equal([]);
  });

  it("wants tables encrypted", () => {
    for (const serverSideEncryption of [undefined, { enabled: false }]) {
      expect(found(types.table, { serverSideEncryption })).to.deep.equal(["tables-are-encrypted"]);
    }
  });

  it("wants keys to rotate", () => {
    expect(found(types.key, { enableKeyRotation: undefined })).to.deep.equal(["keys-rotate"]);
  });

  it("wants topics encrypted, where a stack asks for that", () => {
    const rule = rules.filter(({ name }) => name === "topics-are-encrypted");
    expect(rule.map(({ level }) => level)).to.deep.equal(["disabled"]);
    expect(
      violations(rule, [resource(types.topic, { kmsMasterKeyId: undefined })]),
    ).to.have.lengthOf(1);
  });

  for (const type of [types.topicPolicy, types.queue, types.queuePolicy, types.bucketPolicy]) {
    it(`wants TLS: ${type}`, () => {
      const policy = JSON.stringify({ Statement: [] });
      expect(found(type, { policy })).to.include("policies-ask-for-tls");
    });
  }

  for (const [type, policyType] of [
    [types.topic, types.topicPolicy],
    [types.queue, types.queuePolicy],
    [types.bucket, types.bucketPolicy],
  ] as const) {
    it(`wants a policy, there or of its own: ${type}`, () => {
      const bare = resource(type, { policy: undefined });
      const name = "topics-queues-buckets-have-a-policy";
      const other = resource(policyType, {});
      expect(names([bare, other])).to.deep.equal([name]);
      expect(names([bare, resource(policyType, {}, [bare])])).to.deep.equal([]);
      expect(names([resource(type, { policy: document() })])).to.deep.equal([]);
    });
  }

  it("wants dead letters for a queue that a function works off, and for no other", () => {
    const queue = resource(types.queue, {});
    const worker = resource(types.mapping, {}, [queue]);
    expect(names([queue])).to.deep.equal([]);
    expect(names([queue, worker])).to.deep.equal(["worked-queues-have-dead-letters"]);

    const deadLetters = resource(types.queue, { messageRetentionSeconds: 1_209_600 });
    const safe = resource(types.queue, {}, [deadLetters]);
    expect(names([safe, deadLetters, resource(types.mapping, {}, [safe])])).to.deep.equal([]);
    const named = resource(types.queue, { redrivePolicy: "{}" });
    expect(names([named, resource(types.mapping, {}, [named])])).to.deep.equal([]);
  });

  for (const [seconds, keeps] of [
    [345_600, undefined],
    [86_400, 86_400],
    [undefined, undefined],
  ] as const) {
    it(`wants more than ${seconds} s for dead letters of a queue that keeps ${keeps} s`, () => {
      const deadLetters = resource(types.queue, { messageRetentionSeconds: seconds });
      const queue = resource(types.queue, { messageRetentionSeconds: keeps }, [deadLetters]);
      expect(names([deadLetters, queue])).to.deep.equal(["dead-letters-are-kept-longer"]);
    });
  }

  it("takes dead letters that are kept a second longer, or as long as SQS can", () => {
    for (const [keeps, seconds] of [
      [undefined, 345_601],
      [1_209_600, 1_209_600],
    ]) {
      const deadLetters = resource(types.queue, { messageRetentionSeconds: seconds });
      const queue = resource(types.queue, { messageRetentionSeconds: keeps }, [deadLetters]);
      expect(names([deadLetters, queue])).to.deep.equal([]);
    }
  });

  describe("finds a grant that is too wide:", () => {
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
      ["every resource", types.rolePolicy, { Action: "sqs:SendMessage", Resource: "*" }],
      ["every resource, managed", types.managedPolicy, { Action: "s3:GetObject", Resource: ["*"] }],
      ["all but an action", types.rolePolicy, { NotAction: "iam:PassRole", Resource: "a" }],
      ["all but a resource", types.rolePolicy, { Action: "s3:GetObject", NotResource: "a" }],
      [
        "all but somebody",
        types.topicPolicy,
        { NotPrincipal: { AWS: "1" }, Action: "sns:Publish" },
      ],
    ] as const) {
      it(what, () => {
        expect(found(type, { policy: document(statement) })).to.deep.equal(["grants-are-narrow"]);
      });
    }

    it("everybody who may take a role", () => {
      const assumeRolePolicy = document({ Principal: "*", Action: "sts:AssumeRole" });
      expect(found(types.role, { assumeRolePolicy })).to.deep.equal(["grants-are-narrow"]);
    });

    it("one of AWS's own", () => {
      const policyArn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
      expect(found(types.policyAttachment, { policyArn })).to.deep.equal(["no-full-access"]);
    });
  });

  describe("takes a grant", () => {
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

  it("refuses what it cannot read, instead of passing it", () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Perhaps" }] });
    expect(() => found(types.rolePolicy, { policy })).to.throw("Perhaps");
  });

  it("wants logs to end", () => {
    for (const retentionInDays of [undefined, 0]) {
      expect(found(types.logGroup, { retentionInDays })).to.deep.equal(["logs-end"]);
    }
  });

  it("wants a function's log group named", () => {
    for (const loggingConfig of [undefined, { logFormat: "JSON" }]) {
      expect(found(types.lambdaFunction, { loggingConfig })).to.deep.equal([
        "functions-name-their-logs",
      ]);
    }
  });

  for (const tags of [undefined, { project: "fanout" }, { stack: "dev" }]) {
    it(`wants both tags, not only ${JSON.stringify(tags)}`, () => {
      expect(found(types.queue, { tags, tagsAll: tags })).to.deep.equal(["everything-is-tagged"]);
    });
  }

  it("takes the stack's tags for the resource's", () => {
    const tags = { project: "fanout" };
    expect(found(types.queue, { tags, tagsAll: { ...tags, stack: "dev" } })).to.deep.equal([]);
  });
});

function found(type: string, props: Properties): string[] {
  const alone = rules.filter(({ scope }) => scope === "resource");
  return violations(alone, [resource(type, props)]).map(ruleOf);
}

function names(resources: readonly Resource[]): string[] {
  return violations(rules, resources).map(ruleOf);
}

function ruleOf(violation: string): string {
  return violation.slice(0, violation.indexOf(":"));
}

function resource(
  type: string,
  props: Properties,
  dependencies: readonly Resource[] = [],
  name = "orders",
): Resource {
  const known: Readonly<Record<string, Properties>> = good;
  const tags = { project: "fanout", stack: "dev" };
  return { type, name, props: { tags, ...known[type], ...props }, dependencies };
}

/** A policy that asks for TLS, with a grant. */
function document(statement?: object): string {
  const tls = {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const grant = statement && { Sid: "Grant", Effect: "Allow", ...statement };
  return JSON.stringify({ Version: "2012-10-17", Statement: grant ? [grant, tls] : [tls] });
}
