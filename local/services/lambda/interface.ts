import type { MessageAttributes } from "../../../aws/messageAttributes.ts";

/** How one run of a handler ended. Whatever a handler does, its invocation ends in one of these. */
export type InvocationResult =
  | {
      readonly outcome: "succeeded";
      readonly requestId: string;
      /** What the handler returned, as JSON text; `null` when it returned nothing. */
      readonly payload: string;
      readonly log: string;
      readonly milliseconds: number;
      /** @default "$LATEST" */
      readonly executedVersion?: string;
    }
  | {
      /** The handler threw, timed out, ran out of memory, or ended its process. */
      readonly outcome: "failed";
      readonly requestId: string;
      readonly error: InvocationError;
      readonly log: string;
      readonly milliseconds: number;
      /** @default "$LATEST" */
      readonly executedVersion?: string;
    }
  | {
      /** The function's reserved concurrency is used up; or, the cloud is closing. */
      readonly outcome: "throttled";
      readonly requestId: string;
    };

/** An invocation with its function and start; a throttled one did not run. */
export type EndedInvocation = InvocationResult & {
  readonly functionArn: string;
  /** Cloud time in milliseconds since 1970. */
  readonly startedAt: number;
};

/** AWS's error document. */
export type InvocationError = {
  /** The name of what the handler threw, or `Runtime.ExitError`, `Sandbox.Timedout`, ... */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack, where there is one; of Node.js functions. */
  readonly trace?: readonly string[];
  /** The same of Python functions, in entries of a traceback. */
  readonly stackTrace?: readonly string[];
  /** Python's runtime writes it into the document. */
  readonly requestId?: string;
};

export type InvokeOptions = {
  /** The id of the invocation; the attempts of an asynchronous one share it. @default a new one */
  readonly requestId?: string;
  /** Called when an execution environment starts the invocation; not when it is throttled. */
  readonly onStart?: (requestId: string) => void;
};

/** What a queue's poller and API Gateway need of the functions. */
export interface Invoker {
  /** Runs the function and waits for its end (`RequestResponse`). `event` is JSON text. */
  invoke(functionArn: string, event: string, options?: InvokeOptions): Promise<InvocationResult>;
}

/** Where an event comes from, for the trace. */
export type Origin = {
  /** What entered the cloud; the event's own request id when absent. */
  readonly event?: string;
  /** ARN of the resource that passes the event to the function. */
  readonly from: string;
};

/** What SNS, S3 and EventBridge need of the functions. */
export type AsynchronousInvoker = {
  /**
   * Queues an asynchronous invocation; its outcome is not the caller's concern.
   *
   * @throws AwsError when the function does not exist or the payload is too large
   */
  invokeAsync(functionArn: string, payload: string, origin: Origin): void;
};

/** A message for a queue, a topic or a function. */
export type DestinationMessage = {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Needed for a FIFO queue or topic. */
  readonly groupId?: string | undefined;
  /** Of FIFO queues and topics. */
  readonly deduplicationId?: string | undefined;
  readonly subject?: string | undefined;
  /** Must be allowed to send the message. */
  readonly roleArn: string;
  readonly origin: Origin;
};

/** What EventBridge Scheduler needs of the functions and of the way to their destinations. */
export type DestinationSender = {
  /**
   * Sends a message to a queue, a topic or a function, as a role.
   *
   * @returns the id of the message, or of the request
   * @throws AwsError when the role may not send it, or when the destination does not take it
   */
  sendToDestination(targetArn: string, message: DestinationMessage): string;
};
