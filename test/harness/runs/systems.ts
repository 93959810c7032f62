import path from "node:path";
import { pathToFileURL } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type SystemOutputs, systemOutputs } from "../../../local/systems/stackOutputs.ts";
import {
  startTestCloud,
  type TestCloud,
  type TestCloudOptions,
} from "../../../local/testing/index.ts";

/** Systems of this repository on a test cloud. */
export type RunningSystems = {
  readonly cloud: TestCloud;
  readonly clients: Clients;
  system(name: string): SystemOutputs;
};

type Outputs = Readonly<Record<string, unknown>>;

export type Clients = {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBDocumentClient;
};

/** Starts these systems of the stack `dev`. */
export async function startSystems(
  systems: readonly string[],
  options: TestCloudOptions = {},
): Promise<RunningSystems> {
  const config = { systems };
  return running(
    await startTestCloud({ directory: ".", stack: "dev", config, program: loadIndex, ...options }),
  );
}

/** Starts a program that exports systems. */
export async function startProgram(
  program: () => Promise<object>,
  options: TestCloudOptions = {},
): Promise<RunningSystems> {
  const config = { "aws:region": "eu-west-1" };
  const exporting = async (): Promise<Outputs> => ({ ...(await program()) });
  return running(await startTestCloud({ program: exporting, config, ...options }));
}

export function running(cloud: TestCloud): RunningSystems {
  return {
    cloud,
    clients: {
      s3: cloud.client(S3Client),
      sns: cloud.client(SNSClient),
      sqs: cloud.client(SQSClient),
      dynamodb: DynamoDBDocumentClient.from(cloud.client(DynamoDBClient)),
    },
    system: (name) => systemOutputs(cloud.outputs, name),
  };
}

/** How many programs this process has loaded: modules are kept, and each run needs a new one. */
let runs = 0;

function loadIndex(): Promise<Outputs> {
  return import(`${pathToFileURL(path.resolve("index.ts"))}?run=test-${++runs}`);
}
