import { isObject } from "../../../../aws/jsonObject.ts";

/** The outcome of a batch, as the function's response reports it. */
export type BatchVerdict =
  /** All messages but those in `failed`, by message id, are dealt with. */
  | { readonly kind: "reported"; readonly failed: ReadonlySet<string> }
  /** The response is wrong, so that the whole batch counts as failed. */
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Reads a response where the mapping has `ReportBatchItemFailures`.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 *
 * @param payload what the function returned, JSON text
 * @param messageIds of the batch
 */
export function readBatchResponse(payload: string, messageIds: readonly string[]): BatchVerdict {
  const response: unknown = JSON.parse(payload);
  if (response === null || response === "") return reported([]);
  if (Array.isArray(response) && response.length === 0) return reported([]);
  if (!isObject(response))
    return malformed(`the response is ${payload.slice(0, 100)}, not an object`);
  const { batchItemFailures: items } = response;
  if (items === undefined || items === null) return reported([]);
  if (!Array.isArray(items)) return malformed("batchItemFailures is not a list");
  const failed = items.map((item) => (isObject(item) ? item.itemIdentifier : undefined));
  const known: ReadonlySet<unknown> = new Set(messageIds);
  const unknown = failed.findIndex((id) => !known.has(id));
  if (unknown < 0) return reported(intersection(messageIds, failed));
  return malformed(
    `batchItemFailures[${unknown}] is ${JSON.stringify(items[unknown])}: its itemIdentifier is not a message id of the batch`,
  );
}

function intersection(ids: readonly string[], others: readonly unknown[]): string[] {
  const wanted = new Set(others);
  return ids.filter((id) => wanted.has(id));
}

function reported(failed: readonly string[]): BatchVerdict {
  return { kind: "reported", failed: new Set(failed) };
}

function malformed(reason: string): BatchVerdict {
  return { kind: "malformed", reason };
}
