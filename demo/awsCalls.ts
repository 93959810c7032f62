import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import {
  GetSubscriptionAttributesCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
} from "@aws-sdk/client-sns";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { GetCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Clients } from "./clients.ts";

export type MessageToPublish = {
  /** A string is sent as it is, anything else as JSON. */
  readonly message: unknown;
  /** Message attributes, all of type String. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Message group, for a FIFO topic. */
  readonly groupId?: string;
};

/** How many messages a queue holds. */
export type Depth = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
};

export type Item = Readonly<Record<string, unknown>>;

/** Of PublishBatch. */
const largestBatch = 10;

/** The calls of AWS's SDK that scenes need, for small queues, tables and buckets: one page of results each. */
export class AwsCalls {
  readonly #clients: Clients;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** @returns the message id */
  async publish(topicArn: string, message: MessageToPublish): Promise<string> {
    const { MessageId = "" } = await this.#clients.sns.send(
      new PublishCommand({ TopicArn: topicArn, ...entry(message) }),
    );
    return MessageId;
  }

  /** Publishes many messages in few calls. @returns the message ids, in order */
  async publishAll(topicArn: string, messages: readonly MessageToPublish[]): Promise<string[]> {
    const ids: string[] = [];
    for (let start = 0; start < messages.length; start += largestBatch) {
      const batch = messages.slice(start, start + largestBatch);
      const { Successful = [] } = await this.#clients.sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: batch.map((message, index) => ({
            Id: String(index),
            ...entry(message),
          })),
        }),
      );
      ids.push(...Successful.map(({ MessageId = "" }) => MessageId));
    }
    return ids;
  }

  /** Starts to deliver the messages again that the topic has archived since then. */
  async replay(subscriptionArn: string, from: Date): Promise<void> {
    await this.#clients.sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscriptionArn,
        AttributeName: "ReplayPolicy",
        AttributeValue: JSON.stringify({
          PointType: "Timestamp",
          StartingPoint: from.toISOString(),
        }),
      }),
    );
  }

  async replayStatus(subscriptionArn: string): Promise<string | undefined> {
    const { Attributes = {} } = await this.#clients.sns.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn }),
    );
    return Attributes.ReplayStatus;
  }

  async depthOf(queueUrl: string): Promise<Depth> {
    const attributes = await this.#attributesOf(queueUrl);
    return {
      visible: Number(attributes.ApproximateNumberOfMessages),
      inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
      delayed: Number(attributes.ApproximateNumberOfMessagesDelayed),
    };
  }

  /**
   * Receives up to ten visible messages.
   *
   * @param hiddenSeconds how long they stay invisible. @default the queue's visibility timeout
   */
  async receive(queueUrl: string, hiddenSeconds?: number): Promise<Message[]> {
    const { Messages = [] } = await this.#clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
    );
    return Messages;
  }

  async deleteMessage(queueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await this.#clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }

  /** Starts to move the messages of a dead-letter queue back to the queue they came from. */
  async redrive(deadLetterQueueUrl: string): Promise<void> {
    const { QueueArn } = await this.#attributesOf(deadLetterQueueUrl);
    await this.#clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: QueueArn }));
  }

  async #attributesOf(queueUrl: string): Promise<Readonly<Record<string, string>>> {
    const { Attributes = {} } = await this.#clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
    );
    return Attributes;
  }

  async itemsIn(table: string): Promise<Item[]> {
    const { Items = [] } = await this.#clients.dynamodb.send(
      new ScanCommand({ TableName: table, ConsistentRead: true }),
    );
    return Items;
  }

  async itemIn(table: string, key: Item): Promise<Item | undefined> {
    const { Item } = await this.#clients.dynamodb.send(
      new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
    );
    return Item;
  }

  async putItem(table: string, item: Item): Promise<void> {
    await this.#clients.dynamodb.send(new PutCommand({ TableName: table, Item: { ...item } }));
  }

  /** @returns the request id, which is the id of the event in the trace */
  async putObject(bucket: string, key: string, body: Buffer): Promise<string> {
    const { $metadata } = await this.#clients.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }),
    );
    return $metadata.requestId ?? "";
  }

  async keysIn(bucket: string): Promise<string[]> {
    const { Contents = [] } = await this.#clients.s3.send(
      new ListObjectsV2Command({ Bucket: bucket }),
    );
    return Contents.map(({ Key = "" }) => Key);
  }

  /** The bytes of an object; empty if there is no such object, so that a check can report it. */
  async bytesIn(bucket: string, key: string): Promise<Buffer> {
    try {
      const { Body } = await this.#clients.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: key }),
      );
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    } catch (error) {
      if (error instanceof NoSuchKey) return Buffer.alloc(0);
      throw error;
    }
  }
}

function entry({ message, attributes = {}, groupId }: MessageToPublish) {
  return {
    Message: typeof message === "string" ? message : JSON.stringify(message),
    MessageGroupId: groupId,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: "String", StringValue: value },
      ]),
    ),
  };
}
