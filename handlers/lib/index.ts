/** The public interface of the handler helpers. They import no Pulumi code. */

export { formatTraceparent, newTraceparent, type TraceContext } from "../../aws/traceContext.ts";
export { handleBatch, type QueueHandler } from "./batch.ts";
export { handleNotification } from "./directNotification.ts";
export { environment } from "./environment.ts";
export { type FifoBatchOptions, handleFifoBatch } from "./fifoBatch.ts";
export { once } from "./idempotency.ts";
export { logger } from "./logger.ts";
export type { Message } from "./message.ts";
export type { CloudEventContext } from "./messages/cloudEvent.ts";
export { type CloudEventType, type MessageType, messageType } from "./messages/messageType.ts";
export { readPayload } from "./messages/readPayload.ts";
export { type PayloadStore, s3Payloads } from "./messages/s3Payloads.ts";
export { type MessageOptions, type TypedMessage, withMessage } from "./messages/withMessage.ts";
export { forEachObjectChange } from "./objectChanges/forEachObjectChange.ts";
export type { ObjectChange } from "./objectChanges/objectChange.ts";
export { readObjectChanges } from "./objectChanges/readObjectChanges.ts";
export { sortableSequencer } from "./objectChanges/sequencer.ts";
export { parse, parseJson } from "./parseJson.ts";
export { PermanentError } from "./permanentError.ts";
export { type Outcome, type RecordHandler, skipped } from "./recordHandler.ts";
export { RetryError } from "./retries/retryError.ts";
export type { Schema, SchemaIssue, SchemaResult } from "./schema.ts";
export { currentTrace, currentTraceparent } from "./tracing/currentTrace.ts";
export { withBody } from "./withBody.ts";
