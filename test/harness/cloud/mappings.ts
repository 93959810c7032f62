import type { Authorize } from "../../../local/protocol/access.ts";
import type { MappingDefinition } from "../../../local/services/lambda/eventSourceMappings/eventSourceMapping.ts";
import type { MappableFunctions } from "../../../local/services/lambda/eventSourceMappings/mappedQueue.ts";
import { Mappings } from "../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { InvocationFaults } from "../../../local/services/lambda/faults/invocationFaults.ts";
import type { InvocationResult } from "../../../local/services/lambda/interface.ts";
import type { Queues } from "../../../local/services/sqs/queues.ts";
import { allowEverything, roleArn } from "./lambda.ts";
import { makeQueues } from "./queues.ts";

export const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:worker";

/** A record of a function's event, as far as these tests look at it. */
export type EventRecord = {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** One call of the function that stands in for a handler: it ends when the test says so. */
export type Invocation = {
  readonly functionArn: string;
  readonly records: readonly EventRecord[];
  readonly bodies: readonly string[];
  /** The event as the function gets it, JSON text. */
  readonly event: string;
  succeed(response?: unknown): void;
  fail(message?: string): void;
};

export type StandIn = "byHand" | "succeeds" | "fails" | "throttled";

/**
 * Mappings on real queues, with a function that is a stand-in: it does at once what `behaviour` says,
 * or waits for the test.
 */
export function startMappings(options: { concurrency?: number; authorize?: Authorize } = {}) {
  const { clock, trace, queues } = makeQueues();
  const invocations: Invocation[] = [];
  const state = { behaviour: "succeeds" as StandIn, timeoutSeconds: 3, response: null as unknown };
  const faults = new InvocationFaults();
  const functions: MappableFunctions = {
    faults,
    isHeld: (arn) => faults.isPaused(arn),
    get: (arn) => ({
      arn,
      name: "worker",
      version: { roleArn, timeoutSeconds: state.timeoutSeconds },
    }),
    invoke(arn, event, { requestId = "", onStart } = {}) {
      if (state.behaviour === "throttled")
        return Promise.resolve({ outcome: "throttled", requestId });
      onStart?.(requestId);
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      const invocation = { functionArn: arn, ...invocationOf(event, requestId, resolve) };
      invocations.push(invocation);
      if (state.behaviour === "succeeds") invocation.succeed(state.response);
      if (state.behaviour === "fails") invocation.fail();
      return promise;
    },
  };
  const mappings = new Mappings({
    clock,
    trace,
    queues,
    functions,
    authorize: allowEverything,
    concurrency: 1,
    ...options,
  });
  return {
    clock,
    trace,
    queues,
    invocations,
    functions,
    mappings,
    state,
    settle: () => clock.advance(0),
  };
}

function invocationOf(
  event: string,
  requestId: string,
  end: (result: InvocationResult) => void,
): Omit<Invocation, "functionArn"> {
  const { Records: records }: { Records: EventRecord[] } = JSON.parse(event);
  const ended = { requestId, log: "", milliseconds: 5 };
  return {
    records,
    bodies: records.map(({ body }) => body),
    event,
    succeed: (response = null) =>
      end({ outcome: "succeeded", payload: JSON.stringify(response), ...ended }),
    fail: (errorMessage = "no") =>
      end({ outcome: "failed", error: { errorType: "Error", errorMessage }, ...ended }),
  };
}

/** A queue and a mapping on it. */
export function map(
  { mappings, queues }: { mappings: Mappings; queues: Queues },
  settings: Partial<MappingDefinition> = {},
  queueAttributes: Readonly<Record<string, string>> = {},
) {
  const fifo = queueAttributes.FifoQueue === "true";
  const queue = queues.create(fifo ? "work.fifo" : "work", queueAttributes);
  const mapping = mappings.create({ functionArn, queueArn: queue.arn, ...settings });
  return { queue, mapping };
}
