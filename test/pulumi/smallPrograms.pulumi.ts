import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AwsProvider } from "../../local/provider/awsProvider.ts";
import { describeRuns, runAll } from "../harness/pulumi/engines/bothEngines.ts";
import { embeddedEngine } from "../harness/pulumi/engines/embeddedEngine.ts";
import type { EngineRun } from "../harness/pulumi/engines/engine.ts";
import { withoutGenerated } from "../harness/pulumi/engines/generated.ts";
import { realEngine } from "../harness/pulumi/engines/realEngine.ts";
import { type ServedCloud, serveLocalCloud } from "../harness/pulumi/localCloud.ts";

const handler = "exports.handler = async (event) => event;";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** A topic, a queue that receives from it, and a function that polls the queue. */
function program(delay: number) {
  return () => {
    const topic = new aws.sns.Topic("events");
    const queue = new aws.sqs.Queue(
      "mail",
      { delaySeconds: delay, sqsManagedSseEnabled: true },
      { dependsOn: topic },
    );
    const document = aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ["sqs:SendMessage"],
          principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
          resources: [queue.arn],
        },
      ],
    });
    const policy = new aws.sqs.QueuePolicy("mail", { queueUrl: queue.url, policy: document.json });
    const subscription = new aws.sns.TopicSubscription(
      "mail",
      { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true },
      { dependsOn: policy },
    );
    const role = new aws.iam.Role(
      "reader",
      { assumeRolePolicy: trust },
      { dependsOn: subscription },
    );
    const attachment = new aws.iam.RolePolicyAttachment("reader", {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
    });
    const reader = new aws.lambda.Function(
      "reader",
      {
        role: role.arn,
        runtime: "nodejs24.x",
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(handler) }),
      },
      { dependsOn: attachment },
    );
    new aws.lambda.EventSourceMapping("reader", {
      eventSourceArn: queue.arn,
      functionName: reader.name,
    });
    return {
      topic: topic.arn,
      pending: subscription.pendingConfirmation,
      size: reader.sourceCodeSize,
    };
  };
}

const yaml = (delay: number) => `
name: shop
runtime: yaml
resources:
  events: { type: aws:sns:Topic }
  mail:
    type: aws:sqs:Queue
    properties: { delaySeconds: ${delay}, sqsManagedSseEnabled: true }
    options: { dependsOn: ["\${events}"] }
  mailPolicy:
    type: aws:sqs:QueuePolicy
    name: mail
    properties: { queueUrl: "\${mail.url}", policy: "\${document.json}" }
  mailSubscription:
    type: aws:sns:TopicSubscription
    name: mail
    properties:
      topic: "\${events.arn}"
      protocol: sqs
      endpoint: "\${mail.arn}"
      rawMessageDelivery: true
    options: { dependsOn: ["\${mailPolicy}"] }
  role:
    type: aws:iam:Role
    name: reader
    properties: { assumeRolePolicy: '${trust}' }
    options: { dependsOn: ["\${mailSubscription}"] }
  attachment:
    type: aws:iam:RolePolicyAttachment
    name: reader
    properties:
      role: "\${role.name}"
      policyArn: arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole
  reader:
    type: aws:lambda:Function
    properties:
      role: "\${role.arn}"
      runtime: nodejs24.x
      handler: index.handler
      code: { fn::assetArchive: { index.js: { fn::stringAsset: "${handler}" } } }
    options: { dependsOn: ["\${attachment}"] }
  mapping:
    type: aws:lambda:EventSourceMapping
    name: reader
    properties: { eventSourceArn: "\${mail.arn}", functionName: "\${reader.name}" }
variables:
  document:
    fn::invoke:
      function: aws:iam:getPolicyDocument
      arguments:
        statements:
          - actions: [sqs:SendMessage]
            principals: [{ type: Service, identifiers: [sns.amazonaws.com] }]
            resources: ["\${mail.arn}"]
outputs:
  topic: "\${events.arn}"
  pending: "\${mailSubscription.pendingConfirmation}"
  size: "\${reader.sourceCodeSize}"
`;

describe("small programs on local clouds", function () {
  this.timeout(900_000);

  it("do the same in TypeScript under both engines, and in YAML under the real one", async () => {
    const delays = [1, 1, 2];
    const embedded = await onCloud(async ({ cloud }) => {
      await using engine = embeddedEngine(new AwsProvider(cloud));
      return await runAll(engine, delays.map(program));
    });
    const real = await onCloud(async (served) => {
      await using engine = await realEngine({ providerPort: await served.providerPort(".") });
      return await runAll(engine, delays.map(program));
    });
    const inYaml = await onCloud(async (served) => {
      await using engine = await realEngine({ providerPort: await served.providerPort(".") });
      const runs: EngineRun[] = [];
      for (const delay of delays) runs.push(await engine.runYaml(yaml(delay)));
      return runs;
    });
    expect(described(embedded)).to.equal(described(real));
    expect(described(inYaml)).to.equal(withoutVersions(described(real)));
  });
});

async function onCloud<T>(use: (served: ServedCloud) => Promise<T>): Promise<T> {
  await using served = await serveLocalCloud("eu-west-1");
  // The cloud is served until then.
  return await use(served);
}

function described(runs: readonly EngineRun[]): string {
  return withoutGenerated(describeRuns(runs));
}

/** Programs in YAML name no version of the provider. */
function withoutVersions(text: string): string {
  return text
    .replaceAll(/default_\d+_\d+_\d+/g, "default")
    .replaceAll(/"inputs":{"version":"[\d.]+"},"outputs":{"version":"[\d.]+"},/g, "");
}
