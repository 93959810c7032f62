import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../../components/index.ts";
import { knownPublisher, type Publisher } from "../../../components/topic/publishers.ts";
import { topicPolicy } from "../../../components/topic/topicPolicy.ts";
import { json, resource } from "../../harness/programs/graph.ts";
import { consumerProblems } from "../../harness/programs/problems.ts";
import { runProgram } from "../../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news";
const partner = "210987654321";
const organization = "o-a1b2c3d4e5";
const bucketArn = "arn:aws:s3:::partner-uploads";

/** The principal and the condition of a publisher in the topic's policy. */
function allowed({
  sourceArn,
  principalArn,
  ...publisher
}: Publisher & { sourceArn?: string; principalArn?: string }) {
  const known = knownPublisher(publisher, principalArn, sourceArn);
  const publishers = { topicArn, buckets: [], rules: [], publishers: [known] };
  const { Principal, Condition } =
    topicPolicy(publishers, []).Statement.find(({ Sid }) => Sid === "Publisher1") ?? {};
  return { Principal, Condition };
}

describe("a publisher", () => {
  const service = "s3.amazonaws.com";

  it("may be a bucket of another account", () => {
    expect(allowed({ service, account: partner, sourceArn: bucketArn })).to.deep.equal({
      Principal: { Service: service },
      Condition: {
        ArnLike: { "aws:SourceArn": bucketArn },
        StringEquals: { "aws:SourceAccount": partner },
      },
    });
  });

  it("may be all buckets of an organization", () => {
    expect(allowed({ service, organization })).to.deep.equal({
      Principal: { Service: service },
      Condition: { StringEquals: { "aws:SourceOrgID": organization } },
    });
  });

  it("may be all principals of an organization", () => {
    expect(allowed({ organization })).to.deep.equal({
      Principal: { AWS: "*" },
      Condition: { StringEquals: { "aws:PrincipalOrgID": organization } },
    });
  });

  it("may be a rule, whose ARN names its account, so that not every service has to", () => {
    const rule = `arn:aws:events:eu-west-1:${partner}:rule/a`;
    expect(allowed({ service: "events.amazonaws.com", sourceArn: rule })).to.deep.equal({
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": rule } },
    });
  });

  it("may be a service in the topic's account", () => {
    expect(allowed({ service: "events.amazonaws.com" })).to.deep.equal({
      Principal: { Service: "events.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("may be another account, or one role of it", () => {
    expect(allowed({ account: partner })).to.deep.equal({
      Principal: { AWS: `arn:aws:iam::${partner}:root` },
      Condition: undefined,
    });
    const principalArn = `arn:aws:iam::${partner}:role/a`;
    expect(allowed({ principalArn })).to.deep.equal({
      Principal: { AWS: principalArn },
      Condition: undefined,
    });
  });

  it("may be known only when deployed", async () => {
    const run = await runProgram(() => {
      const role = new aws.iam.Role("publisher", { assumeRolePolicy: "{}" });
      const rule = new aws.cloudwatch.EventRule("rule", { scheduleExpression: "rate(1 day)" });
      return new FanoutTopic("news", {
        consumers: [{ name: "a" }],
        publishers: [
          { principalArn: role.arn },
          { service: "events.amazonaws.com", sourceArn: rule.arn },
        ],
      });
    });
    const policy = json(resource(run, "aws:sns/topicPolicy:TopicPolicy", "news"), "policy");
    const arn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
    const publishes = { Effect: "Allow", Action: "sns:Publish", Resource: arn };
    expect(policy)
      .to.have.property("Statement")
      .that.deep.includes({
        Sid: "Publisher1",
        ...publishes,
        Principal: { AWS: "arn:aws:iam::123456789012:role/publisher-1a2b3c4" },
      })
      .and.deep.includes({
        Sid: "Publisher2",
        ...publishes,
        Principal: { Service: "events.amazonaws.com" },
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/rule-1a2b3c4" },
        },
      });
  });

  it("may be ElastiCache, which names its account as the owner of the source", () => {
    expect(allowed({ service: "elasticache.amazonaws.com" })).to.deep.equal({
      Principal: { Service: "elasticache.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceOwner": "123456789012" } },
    });
  });

  for (const publisher of [
    { service, account: partner, sourceArn: bucketArn },
    { service, organization },
    { organization },
    { service: "elasticache.amazonaws.com" },
    { service: "events.amazonaws.com", sourceArn: `arn:aws:events:eu-west-1:${partner}:rule/a` },
    { service: "events.amazonaws.eu" },
    { account: partner },
  ]) {
    it(`passes the rules: ${JSON.stringify(publisher)}`, () => {
      expect(consumerProblems({}, { publishers: [publisher] })).to.deep.equal([]);
    });
  }

  const rejected: [object, string][] = [
    [{}, "requires service, account, organization or principalArn (given none)"],
    [
      { account: partner, sourceArn: bucketArn },
      "sourceArn requires service: only a service publishes on behalf of a resource; remove it, or name the service",
    ],
    [
      { organization, sourceArn: bucketArn },
      "sourceArn requires service: only a service publishes on behalf of a resource; remove it, or name the service",
    ],
    [
      {
        service: "events.amazonaws.com",
        account: partner,
        sourceArn: "arn:aws:events:eu-west-1:333333333333:rule/a",
      },
      `account is ${partner}, but sourceArn is in 333333333333; remove account, or name a source in it`,
    ],
    [
      { service, account: partner, organization },
      "account and organization exclude each other; use a publisher for each",
    ],
    [
      { service, principalArn: `arn:aws:iam::${partner}:role/a` },
      "service and principalArn exclude each other; use a publisher for each",
    ],
    [
      { organization: "my-company" },
      'organization must be an organization\'s id, such as "o-a1b2c3d4e5" (given "my-company")',
    ],
    [
      {
        service: "elasticache.amazonaws.com",
        sourceArn: "arn:aws:elasticache:eu-west-1:1:cluster:a",
      },
      "sourceArn never matches: ElastiCache sends its account only; remove sourceArn",
    ],
    [
      { principalArn: `arn:aws:iam::${partner}:role/a b` },
      `principalArn must be the ARN of a role or user, without * (given "arn:aws:iam::${partner}:role/a b")`,
    ],
    [
      { service, sourceArn: "arn:aws:s3:::my bucket" },
      'sourceArn must be an ARN (given "arn:aws:s3:::my bucket")',
    ],
    [
      { service: "s3.amazonaws.com " },
      'service must be a service\'s principal such as "events.amazonaws.com" (given "s3.amazonaws.com ")',
    ],
  ];
  for (const [publisher, text] of rejected) {
    it(`is rejected: ${text}`, () => {
      expect(consumerProblems({}, { publishers: [publisher] })).to.deep.equal([
        `error: publisher 1: ${text}`,
      ]);
    });
  }
});

describe("a handler's permissions", () => {
  const problems = (permissions: object[]) =>
    consumerProblems({ handler: { entry: "handlers/a.ts", permissions } });
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };

  it("may deny everything", () => {
    const deny = { Effect: "Deny", Action: "dynamodb:*", Resource: "*" };
    expect(problems([deny, { ...deny, Action: "*" }])).to.deep.equal([]);
  });

  it("may not allow everything of a service whose name has a dash", () => {
    expect(problems([{ Effect: "Allow", Action: "execute-api:*", Resource: "*" }])).to.deep.equal([
      'error: consumer "a": handler.permissions.0 allows execute-api:* on every resource; name the actions and the resources',
    ]);
  });

  it("may not have the Sid of another statement", () => {
    const twice = { ...statement, Sid: "Read" };
    expect(problems([twice, twice, { ...statement, Sid: "WriteLogs" }])).to.deep.equal([
      'error: consumer "a": handler.permissions.1.Sid "Read" is used twice; rename one',
      'error: consumer "a": handler.permissions.2.Sid "WriteLogs" is the component\'s own; rename it',
    ]);
  });
});
