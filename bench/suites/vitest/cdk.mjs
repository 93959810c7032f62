/**
 * Stands in for AWS CDK in the end-to-end tests of Powertools for AWS Lambda (TypeScript): their stacks are
 * created through the endpoint, and their functions and assertions stay as they are. Holds the constructs
 * that those tests use.
 */
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { build } from "esbuild";
import { zipSync } from "fflate";

const dynamodb = new DynamoDBClient({});
const iam = new IAMClient({});
const lambda = new LambdaClient({});
const sqs = new SQSClient({});

export class Construct {
  constructor(scope) {
    this.stack = scope?.stack ?? scope;
  }
}

export class App {
  stacks = [];
  synth() {
    return this;
  }
}

/** Resources in the order of their creation, and what the tests look up. */
export class Stack extends Construct {
  resources = [];
  outputs = [];

  constructor(app, stackName) {
    super(undefined);
    this.stackName = stackName;
    this.stack = this;
    app.stacks.push(this);
  }
}

class Resource extends Construct {
  constructor(scope) {
    super(scope);
    this.stack.resources.push(this);
  }
}

export class CfnOutput {
  constructor(scope, name, { value }) {
    scope.stack.outputs.push({ name, value });
  }
}

/** Creates and deletes the resources of an app. */
export class Toolkit {
  async fromAssemblyBuilder(synth, { outdir }) {
    await mkdir(outdir, { recursive: true });
    return synth();
  }

  async deploy(app, { outputsFile }) {
    const outputs = {};
    for (const stack of app.stacks) {
      for (const resource of stack.resources) await resource.create();
      outputs[stack.stackName] = Object.fromEntries(
        stack.outputs.map(({ name, value }) => [name, known(value)]),
      );
    }
    await writeFile(outputsFile, JSON.stringify(outputs));
  }

  async destroy(app) {
    const resources = app.stacks.flatMap((stack) => stack.resources).reverse();
    for (const resource of resources) await resource.delete();
  }
}

/** Values that are known after the deployment, by the texts that stand for them before. */
const attributes = new Map();

function known(value) {
  return attributes.get(value) ?? value;
}

export class Table extends Resource {
  constructor(scope, _id, { tableName, partitionKey }) {
    super(scope);
    Object.assign(this, { tableName, partitionKey });
  }

  async create() {
    const { tableName: TableName, partitionKey } = this;
    const { TableDescription } = await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: partitionKey.name, KeyType: "HASH" }],
        AttributeDefinitions: [
          { AttributeName: partitionKey.name, AttributeType: partitionKey.type },
        ],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    await waitUntilTableExists({ client: dynamodb, minDelay: 1, maxWaitTime: 30 }, { TableName });
    attributes.set(this.#arn, TableDescription.TableArn);
  }

  delete() {
    return dynamodb.send(new DeleteTableCommand({ TableName: this.tableName }));
  }

  grantReadWriteData(grantee) {
    const operations = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"];
    grantee.allow(
      operations.map((operation) => `dynamodb:${operation}`),
      this.#arn,
    );
  }

  #arn = randomUUID();
}

export class Queue extends Resource {
  queueUrl = randomUUID();
  queueArn = randomUUID();

  constructor(scope, _id, { deadLetterQueue }) {
    super(scope);
    this.deadLetterQueue = deadLetterQueue;
  }

  async create() {
    const { deadLetterQueue: dead } = this;
    const redrive = dead && {
      deadLetterTargetArn: known(dead.queue.queueArn),
      maxReceiveCount: dead.maxReceiveCount,
    };
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: `queue-${randomUUID()}`,
        ...(redrive && { Attributes: { RedrivePolicy: JSON.stringify(redrive) } }),
      }),
    );
    const described = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
    );
    attributes.set(this.queueUrl, QueueUrl);
    attributes.set(this.queueArn, described.Attributes.QueueArn);
  }

  delete() {
    return sqs.send(new DeleteQueueCommand({ QueueUrl: known(this.queueUrl) }));
  }
}

export class SqsEventSource {
  constructor(queue, settings) {
    Object.assign(this, { queue, settings });
  }
}

class EventSourceMapping extends Resource {
  constructor(target, source) {
    super(target);
    Object.assign(this, { target, source });
  }

  async create() {
    const { queue, settings } = this.source;
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: this.target.functionName,
        EventSourceArn: known(queue.queueArn),
        BatchSize: settings.batchSize,
        MaximumBatchingWindowInSeconds: settings.maxBatchingWindow,
        ScalingConfig: { MaximumConcurrency: settings.maxConcurrency },
        ...(settings.reportBatchItemFailures && {
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        }),
      }),
    );
  }

  async delete() {}
}

const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};

export class NodejsFunction extends Resource {
  #permissions = [];

  constructor(scope, _id, settings) {
    super(scope);
    Object.assign(this, { functionName: settings.functionName, logGroup: settings.logGroup });
    this.settings = settings;
  }

  allow(actions, resource) {
    this.#permissions.push({ actions, resource });
  }

  addEventSource(source) {
    const actions = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
    this.allow(
      actions.map((action) => `sqs:${action}`),
      source.queue.queueArn,
    );
    // What the role may do is known when the function is created.
    const { resources } = this.stack;
    resources.push(...resources.splice(resources.indexOf(this), 1));
    new EventSourceMapping(this, source);
  }

  async create() {
    const { functionName: FunctionName, settings } = this;
    const { handler = "handler", timeout, memorySize, loggingFormat } = settings;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: await this.#createRole(),
        Runtime: settings.runtime,
        Handler: `index.${handler}`,
        Code: { ZipFile: await bundle(settings) },
        Timeout: timeout,
        MemorySize: memorySize,
        Environment: { Variables: settings.environment ?? {} },
        ...(loggingFormat && { LoggingConfig: { LogFormat: loggingFormat } }),
      }),
    );
    const waiting = { client: lambda, minDelay: 1, maxWaitTime: 30 };
    await waitUntilFunctionActiveV2(waiting, { FunctionName });
  }

  delete() {
    return lambda.send(new DeleteFunctionCommand({ FunctionName: this.functionName }));
  }

  async #createRole() {
    const RoleName = `role-${randomUUID()}`;
    const AssumeRolePolicyDocument = JSON.stringify(trust);
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const Statement = this.#permissions.map(({ actions, resource }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: known(resource),
    }));
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "grants", PolicyDocument }));
    return Role.Arn;
  }
}

async function bundle({ entry, bundling }) {
  const { format, minify, mainFields, banner } = bundling;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node22",
    format,
    minify,
    mainFields,
    banner: { js: banner },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  const file = format === OutputFormat.ESM ? "index.mjs" : "index.js";
  return zipSync({ [file]: outputFiles[0].contents });
}

export class LogGroup {
  constructor(_scope, _id, { logGroupName }) {
    this.logGroupArn = logGroupName;
  }
}

export const Architecture = { X86_64: "x86_64", ARM_64: "arm64" };
export const AttributeType = { STRING: "S" };
export const BillingMode = { PAY_PER_REQUEST: "PAY_PER_REQUEST" };
export const Duration = { seconds: (seconds) => seconds };
export const LoggingFormat = { JSON: "JSON" };
export const OutputFormat = { CJS: "cjs", ESM: "esm" };
export const RemovalPolicy = { DESTROY: "destroy" };
export const RetentionDays = { ONE_DAY: 1 };
export const Runtime = { NODEJS_22_X: "nodejs22.x", NODEJS_24_X: "nodejs24.x" };
export const StackSelectionStrategy = { ALL_STACKS: "all-stacks" };
export const Tracing = { ACTIVE: "Active" };
