import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { PolledQueues, Queue, ReceivedMessage } from "../../sqs/interface.ts";
import type { InvocationFaults } from "../faults/invocationFaults.ts";
import type { Invoker } from "../interface.ts";
import type { EventSourceMapping } from "./eventSourceMapping.ts";
import { denialReason, type NeededAction, neededActions } from "./queueAccess.ts";

/** What mappings need of the functions. */
export type MappableFunctions = Invoker & {
  readonly faults: InvocationFaults;
  /** Whether messages for the function wait. */
  isHeld(functionArn: string): boolean;
  /** @throws ResourceNotFoundException */
  get(functionArn: string): {
    readonly arn: string;
    readonly name: string;
    readonly version: { readonly roleArn: string; readonly timeoutSeconds: number };
  };
};

export type MappedQueueOptions = {
  readonly queues: PolledQueues;
  readonly functions: MappableFunctions;
  readonly authorize: Authorize;
  readonly mapping: Pick<EventSourceMapping, "queueArn" | "functionArn" | "windowSeconds">;
};

export type Receipt = {
  readonly messages: readonly ReceivedMessage[];
  /** How long they are hidden from other receivers. */
  readonly visibilitySeconds: number;
};

/** A queue, accessed with the permissions of a function's role. */
export class MappedQueue {
  readonly #options: MappedQueueOptions;

  constructor(options: MappedQueueOptions) {
    this.#options = options;
  }

  /**
   * Whether the role has every required permission.
   *
   * @throws AwsError `AccessDenied`, `QueueDoesNotExist`
   */
  check(): void {
    for (const action of neededActions) this.#allowed(action);
  }

  watch(listener: () => void): () => void {
    const { queues, mapping } = this.#options;
    return queues.watch(mapping.queueArn, listener);
  }

  /** @throws AwsError `AccessDenied`, `QueueDoesNotExist` */
  receive(maxMessages: number): Receipt {
    const { queues, functions, mapping } = this.#options;
    const { arn, attributes } = this.#allowed("ReceiveMessage");
    const { timeoutSeconds } = functions.get(mapping.functionArn).version;
    const visibilitySeconds = hiddenFor(
      Number(attributes.VisibilityTimeout),
      mapping.windowSeconds,
      timeoutSeconds,
    );
    const messages = queues.receiveNow(arn, {
      maxMessages,
      visibilityTimeoutSeconds: visibilitySeconds,
      receiver: mapping.functionArn,
    });
    return { messages, visibilitySeconds };
  }

  /** @returns why messages were not deleted, by message id */
  delete(messages: readonly ReceivedMessage[]): ReadonlyMap<string, string> {
    const { queues, mapping } = this.#options;
    const denied = reasonOf(() => this.#allowed("DeleteMessage"));
    const kept = new Map<string, string>();
    queues.atOnce(() => {
      for (const { messageId, receiptHandle } of messages) {
        const reason =
          denied ?? reasonOf(() => queues.deleteMessage(mapping.queueArn, receiptHandle));
        if (reason !== undefined) kept.set(messageId, reason);
      }
    });
    return kept;
  }

  #allowed(action: NeededAction): Queue {
    const { queues, functions, authorize, mapping } = this.#options;
    const queue = queues.get(mapping.queueArn);
    const { roleArn } = functions.get(mapping.functionArn).version;
    const reason = denialReason(authorize, roleArn, queue, action);
    if (reason === undefined) return queue;
    throw new AwsError("AccessDenied", reason);
  }
}

/** Why `action` failed; undefined if it succeeded. */
function reasonOf(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

/**
 * The queue's own visibility timeout; but where the window and the function's timeout together are
 * longer, as long as both and 30 seconds more.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function hiddenFor(visibility: number, window: number, timeout: number): number {
  return window > 0 && window + timeout > visibility ? window + timeout + 30 : visibility;
}
