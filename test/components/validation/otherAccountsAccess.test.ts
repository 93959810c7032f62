import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const partner = "210987654321";

describe("a subscriber of another account", () => {
  const of = (subscriber: object, topic: object = {}) =>
    consumerProblems({}, { subscribers: [{ account: partner, ...subscriber }], ...topic }).map(
      (line) => line.replace("subscriber 1: ", ""),
    );
  const lambda = (account: string) => `arn:aws:lambda:eu-west-1:${account}:function:f`;
  const firehose = (account: string) => `arn:aws:firehose:eu-west-1:${account}:deliverystream/s`;
  const sqs = (account: string) => `arn:aws:sqs:eu-west-1:${account}:q`;

  for (const [protocol, endpoint] of Object.entries({ lambda, firehose, sqs })) {
    it(`owns its endpoint: ${protocol}`, () => {
      expect(of({ protocol, endpoint: endpoint(partner) })).to.deep.equal([]);
      expect(of({ protocol, endpoint: pulumi.output(endpoint("333333333333")) })).to.deep.equal([]);
      expect(of({ protocol, endpoint: endpoint("333333333333") })).to.deep.equal([
        `error: account is ${partner}, but the endpoint is in 333333333333; only the endpoint's owner can subscribe it without confirmation`,
      ]);
    });
  }

  it("may have an endpoint of no account", () => {
    expect(of({ protocol: "email", endpoint: "a@example.com" })).to.deep.equal([]);
    expect(
      of({ protocol: "https", endpoint: `https://a:b:c:d:333333333333:e@x.org` }),
    ).to.deep.equal([]);
  });

  it("is an account of 12 digits", () => {
    expect(of({ account: "12345", protocol: "email", endpoint: "a@example.com" })).to.deep.equal([
      'error: account must be 12 digits (given "12345")',
    ]);
  });

  it("has a queue on a FIFO topic", () => {
    expect(of({ protocol: "sqs", endpoint: `${sqs(partner)}.fifo` }, { fifo: true })).to.deep.equal(
      [],
    );
  });
});

describe("a publisher", () => {
  const of = (publisher: object) => consumerProblems({}, { publishers: [publisher] });
  const rule = (account: string) => `arn:aws:events:eu-west-1:${account}:rule/a`;
  const service = "events.amazonaws.com";

  for (const publisher of [
    { service: "delivery.logs.amazonaws.com" },
    { service: "lambda.amazonaws.com.cn" },
    { service, account: partner, sourceArn: rule(partner) },
    { service, account: partner, sourceArn: pulumi.output(rule("333333333333")) },
    { service, account: partner, sourceArn: "arn:aws:s3:::uploads" },
    { service, account: partner, sourceArn: rule("*") },
    { service, sourceArn: pulumi.output("x") },
    { principalArn: pulumi.output("x") },
    ...["role/a", "user/team/a+b=c,d.e@f-g", "root"].map((name) => ({
      principalArn: `arn:aws:iam::${partner}:${name}`,
    })),
    { principalArn: `arn:aws:sts::${partner}:assumed-role/a/session` },
  ]) {
    it(`may be ${JSON.stringify(publisher).slice(0, 100)}`, () => {
      expect(of(publisher)).to.deep.equal([]);
    });
  }

  for (const name of ["x y.amazonaws.com", "events..amazonaws.com", "events.amazonaws.com.de"]) {
    it(`may not be the service ${name}`, () => {
      expect(of({ service: name })).to.deep.equal([
        `error: publisher 1: service must be a service's principal such as "events.amazonaws.com" (given "${name}")`,
      ]);
    });
  }

  it("may not be on behalf of what only contains an ARN", () => {
    expect(of({ service, sourceArn: "x arn:aws:s3:::uploads" })).to.deep.equal([
      'error: publisher 1: sourceArn must be an ARN (given "x arn:aws:s3:::uploads")',
    ]);
  });
});
