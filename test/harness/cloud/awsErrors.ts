import { AwsError } from "../../../local/protocol/awsError.ts";

/** The code of the query protocol and the message of the `AwsError` that `work` must throw. */
export function awsErrorOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.queryCode, message: error.message };
  }
  throw new Error("nothing was thrown");
}
