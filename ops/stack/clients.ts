import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { arnParts } from "../../aws/arn.ts";

export type ClientOptions = {
  /** Used where no ARN or URL names a region. */
  readonly region: string;
  /** @default the SDK's: AWS, or AWS_ENDPOINT_URL */
  readonly endpoint?: string;
  /** @default the SDK's provider chain */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Clients of the AWS SDK, one for each service and region. */
export class Clients {
  readonly #options: ClientOptions;
  readonly #made = new Map<string, { destroy(): void }>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  sns(topicOrSubscriptionArn: string): SNSClient {
    const { region } = arnParts(topicOrSubscriptionArn);
    return this.#client(SNSClient, region);
  }

  sqs(queueUrl: string): SQSClient {
    return this.#client(SQSClient, regionOf(queueUrl));
  }

  /** @param functionName or its ARN */
  lambda(functionName: string): LambdaClient {
    return this.#client(LambdaClient, arnParts(functionName).region);
  }

  /** For the log of a function. @param functionName or its ARN */
  logs(functionName: string): CloudWatchLogsClient {
    return this.#client(CloudWatchLogsClient, arnParts(functionName).region);
  }

  close(): void {
    for (const client of this.#made.values()) client.destroy();
  }

  #client<C extends { destroy(): void }>(
    Client: new (options: ClientOptions) => C,
    region: string | undefined,
  ): C {
    const options = { ...this.#options, region: region || this.#options.region };
    const key = `${Client.name} ${options.region}`;
    const made = this.#made.get(key);
    if (made instanceof Client) return made;
    const client = new Client(options);
    this.#made.set(key, client);
    return client;
  }
}

/** The region of `https://sqs.eu-west-1.amazonaws.com/...`; undefined for a local URL. */
function regionOf(queueUrl: string): string | undefined {
  return /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1];
}
