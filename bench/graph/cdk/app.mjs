/**
 * In a process of its own: what bench/graph/program.ts builds, synthesized by CDK into a temporary folder.
 * CloudFormation takes 500 resources in a stack, so there is one for each 45 consumers.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  App,
  Duration,
  aws_lambda as lambda,
  aws_logs as logs,
  Stack,
  aws_sns as sns,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  aws_sns_subscriptions as subscriptions,
} from "aws-cdk-lib";

const folder = mkdtempSync(path.join(tmpdir(), "fanout-cdk-"));
process.once("exit", () => rmSync(folder, { recursive: true }));
const code = path.join(folder, "code");
const consumersInStack = 45;
const app = new App({ outdir: path.join(folder, "out") });
let stack = addStack(0);
const topic = new sns.Topic(stack, "topic", { signatureVersion: "2", enforceSSL: true });
writeCode();
for (let index = 0; index < Number(process.argv[2]); index++) {
  if (index > 0 && index % consumersInStack === 0) stack = addStack(index / consumersInStack);
  addConsumer(`consumer-${index}`);
}
app.synth();

const { user, system } = process.cpuUsage();
const memory = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ cpuSeconds: (user + system) / 1e6, memory })}\n`);

function addStack(number) {
  const env = { account: "123456789012", region: "eu-west-1" };
  return new Stack(app, `bench-${number}`, { env });
}

function writeCode() {
  mkdirSync(code);
  writeFileSync(path.join(code, "index.mjs"), "export const handler = async () => {};\n");
}

function addConsumer(name) {
  const common = { enforceSSL: true, encryption: sqs.QueueEncryption.SQS_MANAGED };
  const deadLetters = new sqs.Queue(stack, `${name}-dlq`, {
    ...common,
    retentionPeriod: Duration.days(14),
  });
  const queue = new sqs.Queue(stack, name, {
    ...common,
    visibilityTimeout: Duration.seconds(180),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  });
  topic.addSubscription(new subscriptions.SqsSubscription(queue, { rawMessageDelivery: true }));
  const worker = new lambda.Function(stack, `${name}-function`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.ARM_64,
    handler: "index.handler",
    code: lambda.Code.fromAsset(code),
    memorySize: 256,
    timeout: Duration.seconds(30),
    logGroup: new logs.LogGroup(stack, `${name}-logs`, { retention: logs.RetentionDays.ONE_MONTH }),
  });
  worker.addEventSource(
    new sources.SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }),
  );
}
