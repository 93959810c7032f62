import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { type PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { type ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "./clients.ts";

/** A request as the SDK sends it, signed. */
export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Ends the SDK's work where it would send. */
class Recorded extends Error {}

/** The requests of SDK calls, made before they are needed, so that a client can send more than it can make. */
export class Recorder {
  readonly #sns: SNSClient;
  readonly #sqs: SQSClient;
  #last: RecordedRequest | undefined;

  constructor(url: string) {
    const settings = {
      ...clientSettings(url),
      maxAttempts: 1,
      requestHandler: { handle: async (sent: RecordedRequest) => this.#record(sent) },
    };
    this.#sns = new SNSClient(settings);
    this.#sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  }

  publish(command: PublishCommand): Promise<RecordedRequest> {
    return this.#recorded(this.#sns.send(command));
  }

  receive(command: ReceiveMessageCommand): Promise<RecordedRequest> {
    return this.#recorded(this.#sqs.send(command));
  }

  #record({ method, path, headers, body }: RecordedRequest): never {
    this.#last = { method, path, headers, body };
    throw new Recorded();
  }

  async #recorded(sending: Promise<unknown>): Promise<RecordedRequest> {
    const error = await sending.catch((reason: unknown) => reason);
    if (!(error instanceof Recorded) || this.#last === undefined) throw error;
    return this.#last;
  }
}

const agent = new Agent({ keepAlive: true });

/**
 * Sends a recorded request.
 *
 * @returns the body of the reply
 * @throws Error unless the status is 200
 */
export async function send(url: string, recorded: RecordedRequest): Promise<string> {
  const { method, path, headers, body } = recorded;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { agent, method, hostname, port, path, headers };
    const sent = request(options, (response) => {
      text(response).then((reply) => {
        if (response.statusCode === 200) resolve(reply);
        else reject(new Error(`${method} ${url}${path}: ${response.statusCode} ${reply}`));
      }, reject);
    });
    sent.once("error", reject).end(body);
  });
}
