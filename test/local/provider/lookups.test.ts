import { expect } from "chai";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { lookUp } from "../../harness/provider/lookUp.ts";
import { prepare, queueArn, queueUrl } from "../../harness/provider/resourceCases.ts";

describe("the provider's lookups", () => {
  let world: ProviderWorld;
  before(async () => {
    world = providerWorld();
    await prepare(world);
  });
  after(() => world.cloud.close());

  const answer = (token: string, args: PropertyMap = {}) => lookUp(world, token, args);

  for (const [token, args, expected] of [
    ["aws:index/getCallerIdentity:getCallerIdentity", {}, { accountId: "000000000000" }],
    ["aws:index/getRegion:getRegion", {}, { name: "eu-west-1", region: "eu-west-1" }],
    ["aws:index/getPartition:getPartition", {}, { partition: "aws", dnsSuffix: "amazonaws.com" }],
    ["aws:sqs/getQueue:getQueue", { name: "inbox" }, { url: queueUrl, arn: queueArn }],
    ["aws:iam/getRole:getRole", { name: "worker" }, { id: "worker", name: "worker" }],
    [
      "aws:iam/getPolicy:getPolicy",
      { name: "AWSLambdaBasicExecutionRole" },
      { arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" },
    ],
    ["aws:lambda/getFunction:getFunction", { functionName: "work" }, { runtime: "nodejs24.x" }],
  ] as const) {
    it(`answer ${token}`, async () => {
      expect(await answer(token, args)).to.include(expected);
    });
  }

  it("answer which availability zones there are", async () => {
    const { names } = await answer("aws:index/getAvailabilityZones:getAvailabilityZones");
    expect(names).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
  });

  it("write a policy document as AWS's provider does, to the letter", async () => {
    const { json, minifiedJson } = await answer("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          sid: "Send",
          actions: ["sqs:SendMessage", "sqs:GetQueueUrl"],
          resources: [queueArn],
          principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
          conditions: [
            { test: "ArnEquals", variable: "aws:SourceArn", values: ["arn:aws:sns:a:b:c"] },
          ],
        },
        {
          effect: "Deny",
          actions: ["*"],
          resources: ["*"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    });
    expect(minifiedJson).to.equal(
      `{"Version":"2012-10-17","Statement":[{"Sid":"Send","Effect":"Allow","Action":["sqs:SendMessage","sqs:GetQueueUrl"],"Resource":"${queueArn}","Principal":{"Service":"sns.amazonaws.com"},"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:a:b:c"}}},{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}]}`,
    );
    expect(json).to.equal(JSON.stringify(JSON.parse(String(minifiedJson)), undefined, 2));
  });

  it("put statements in the place of those with their Sid, and refuse a Sid twice", async () => {
    const document = (Action: string) =>
      JSON.stringify({ Statement: [{ Sid: "A", Effect: "Allow", Action, Resource: "*" }] });
    const token = "aws:iam/getPolicyDocument:getPolicyDocument";
    const { minifiedJson } = await answer(token, {
      sourcePolicyDocuments: [document("s3:GetObject")],
      overridePolicyDocuments: [document("s3:PutObject")],
    });
    expect(JSON.parse(String(minifiedJson)).Statement).to.deep.equal([
      { Sid: "A", Effect: "Allow", Action: "s3:PutObject", Resource: "*" },
    ]);
    const twice = { sourcePolicyDocuments: [document("a:B"), document("c:D")] };
    expect((await failureOf(answer(token, twice))).message).to.match(/^duplicate Sid \(A\)/);
  });

  it("name what is not there, and a lookup that they do not answer", async () => {
    expect((await failureOf(answer("aws:sqs/getQueue:getQueue", { name: "no" }))).message).to.match(
      /^there is no queue no in the local cloud/,
    );
    expect((await failureOf(answer("aws:ec2/getAmi:getAmi"))).message).to.match(
      /^the local cloud does not answer the lookup aws:ec2\/getAmi:getAmi/,
    );
  });
});
