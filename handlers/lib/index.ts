/** The public interface of the handler helpers. They import no Pulumi code. */

export { handleBatch, type QueueHandler } from "./batch.ts";
export { handleNotification } from "./directNotification.ts";
export { environment } from "./environment.ts";
export { type FifoBatchOptions, handleFifoBatch } from "./fifoBatch.ts";
export { once } from "./idempotency.ts";
export { logger } from "./logger.ts";
export type { Message } from "./message.ts";
export {
  forEachObjectChange,
  type ObjectChange,
  readObjectChanges,
  sortableSequencer,
} from "./objectChange.ts";
export { parse, parseJson } from "./parseJson.ts";
export { PermanentError } from "./permanentError.ts";
export { type Outcome, type RecordHandler, skipped } from "./recordHandler.ts";
export { RetryError } from "./retries/retryError.ts";
export type { Schema, SchemaIssue, SchemaResult } from "./schema.ts";
export { withBody } from "./withBody.ts";
