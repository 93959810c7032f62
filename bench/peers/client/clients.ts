import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";

/** The region of every server. */
export const region = "us-east-1";

export function clientSettings(url: string) {
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
}

export function snsClient(url: string): SNSClient {
  return new SNSClient(clientSettings(url));
}

/** Sends to `url` whatever host a queue's URL names. */
export function sqsClient(url: string): SQSClient {
  return new SQSClient({ ...clientSettings(url), useQueueUrlAsEndpoint: false });
}

export function s3Client(url: string): S3Client {
  return new S3Client({ ...clientSettings(url), forcePathStyle: true });
}
