import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { arnParts } from "../../aws/arn.ts";

export type ClientOptions = {
  /** For what names none. */
  readonly region: string;
  /** @default AWS's, or that of AWS_ENDPOINT_URL */
  readonly endpoint?: string;
  /** @default those that the SDK finds */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** AWS's clients, one for each service and region. */
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

  /** Where a function logs to. @param functionName or its ARN */
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

/** Of `https://sqs.eu-west-1.amazonaws.com/...`; a local URL names none. */
function regionOf(queueUrl: string): string | undefined {
  return /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1];
}
