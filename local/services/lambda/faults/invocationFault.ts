/**
 * What happens to a function's invocations instead of, or besides, its work. Errors and delays are those of
 * AWS Fault Injection Service.
 *
 * https://docs.aws.amazon.com/fis/latest/userguide/use-lambda-actions.html
 */
export type InvocationFault = { readonly functionArn: string } & (
  | {
      /** The invocation fails. */
      readonly kind: "error";
      readonly errorType: string;
      readonly errorMessage: string;
      /** Whether the handler does not run; otherwise it does its work, and the invocation fails after it. */
      readonly preventExecution: boolean;
    }
  | {
      /** The handler starts that many seconds of cloud time late; at the function's timeout, the invocation fails. */
      readonly kind: "delay";
      readonly seconds: number;
    }
  /** The invocation is rejected, as when the function's concurrency is used up. */
  | { readonly kind: "throttle" }
  /** No message of a queue or a stream, and no event from a topic or a schedule, reaches the function. */
  | { readonly kind: "pause" }
);

/** The faults of one invocation. */
export type FaultsOfInvocation = {
  readonly throttled: boolean;
  /** 0 for none. */
  readonly delaySeconds: number;
  readonly error?: InvocationFault & { readonly kind: "error" };
};
