import { AwsError } from "../../../local/protocol/awsError.ts";
import type { AsynchronousInvoker } from "../../../local/services/lambda/interface.ts";

type Invocation = Parameters<AsynchronousInvoker["invokeAsync"]>;

/** Functions that do not run: each asynchronous invocation is kept for the test to look at. */
export function functionsThatRecord(): AsynchronousInvoker & {
  readonly invocations: readonly Invocation[];
  /** From now on there is no such function. */
  remove(functionArn: string): void;
} {
  const invocations: Invocation[] = [];
  const removed = new Set<string>();
  return {
    invocations,
    remove: (functionArn) => removed.add(functionArn),
    invokeAsync(...invocation) {
      const [functionArn] = invocation;
      if (removed.has(functionArn)) {
        throw new AwsError("ResourceNotFoundException", `Function not found: ${functionArn}`, {
          status: 404,
        });
      }
      invocations.push(invocation);
    },
  };
}
