import { AwsError } from "../../../protocol/awsError.ts";
import { batchError } from "../errors.ts";
import type { Input } from "./input.ts";

/** One entry of a batch, with the id by which its outcome is told. */
export type BatchEntry = { readonly id: string; readonly input: Input };

/** How an entry ended: its result, or why it failed. */
export type Outcome = object | AwsError;

/**
 * The entries of a batch request. Throws if AWS would reject the whole batch.
 *
 * @param kind what AWS calls an entry, for example `SendMessageBatchRequestEntry`
 */
export function batchEntries(input: Input, kind: string): readonly BatchEntry[] {
  const entries = input.entries("Entries");
  if (entries.length === 0) {
    throw batchError("EmptyBatchRequest", `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > 10) {
    throw batchError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  return entries.map((entry) => {
    const id = entry.text("Id") ?? "";
    if (!/^[\w-]{1,80}$/.test(id)) {
      throw batchError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    }
    if (seen.has(id)) throw batchError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);
    seen.add(id);
    return { id, input: entry };
  });
}

/** The outcomes of a batch: `Successful` and `Failed`, each only if it is not empty. */
export function batchResult(entries: readonly BatchEntry[], outcomes: readonly Outcome[]): object {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const [index, { id: Id }] of entries.entries()) {
    const outcome = outcomes[index];
    if (outcome instanceof AwsError) failed.push({ Id, ...failure(outcome) });
    else successful.push({ Id, ...outcome });
  }
  return {
    ...(successful.length > 0 ? { Successful: successful } : {}),
    ...(failed.length > 0 ? { Failed: failed } : {}),
  };
}

/** Does something for an entry; an error of AWS's becomes the entry's outcome. */
export function attempt(work: () => void): Outcome {
  try {
    work();
    return {};
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function failure({ queryCode, message, status }: AwsError) {
  return { SenderFault: status < 500, Code: queryCode, Message: message };
}
