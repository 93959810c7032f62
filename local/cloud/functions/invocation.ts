/** How one run of a handler ended. Whatever a handler does, its invocation ends in one of these. */
export type InvocationResult =
  | {
      readonly outcome: "succeeded";
      readonly requestId: string;
      /** What the handler returned, as JSON text; `null` when it returned nothing. */
      readonly payload: string;
      readonly log: string;
      readonly milliseconds: number;
    }
  | {
      /** The handler threw, timed out, ran out of memory, or ended its process. */
      readonly outcome: "failed";
      readonly requestId: string;
      /** AWS's error document: `errorType`, `errorMessage`, `trace`. */
      readonly error: { readonly errorType: string; readonly errorMessage: string };
      readonly log: string;
      readonly milliseconds: number;
    }
  | {
      /** No execution environment was free: reserved concurrency or the account's limit is used up. */
      readonly outcome: "throttled";
      readonly requestId: string;
    };

/** What a queue's poller and SNS need of the functions. */
export interface Invoker {
  /** Runs the function and waits for its end (`RequestResponse`). `event` is JSON text. */
  invoke(functionArn: string, event: string): Promise<InvocationResult>;
}
