import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { LocalRun } from "../local/localRun.ts";
import { ownerCredentials } from "../local/protocol/authentication/ownerCredentials.ts";

/** Clients of the AWS SDK for the local endpoint. */
export type Clients = {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBDocumentClient;
  close(): void;
};

export function connect({ url, cloud }: LocalRun): Clients {
  const options = {
    endpoint: url,
    region: cloud.region,
    credentials: ownerCredentials,
  };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const sns = new SNSClient(options);
  const sqs = new SQSClient(options);
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(options));
  return {
    s3,
    sns,
    sqs,
    dynamodb,
    close: () => {
      for (const client of [s3, sns, sqs, dynamodb]) client.destroy();
    },
  };
}
