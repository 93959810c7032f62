/** The public interface for applications that publish. It imports no Pulumi code. */

export { newTraceparent } from "../aws/traceContext.ts";
export type { CloudEventContext } from "../handlers/lib/messages/cloudEvent.ts";
export {
  type CloudEventType,
  type MessageType,
  messageType,
} from "../handlers/lib/messages/messageType.ts";
export { type PayloadStore, s3Payloads } from "../handlers/lib/messages/s3Payloads.ts";
export { PermanentError } from "../handlers/lib/permanentError.ts";
export type { Schema, SchemaIssue, SchemaResult } from "../handlers/lib/schema.ts";
export { currentTraceparent } from "../handlers/lib/tracing/currentTrace.ts";
export { InvalidMessagesError, PublishError } from "./errors.ts";
export type { Published, Unpublished } from "./outcome.ts";
export { type Publisher, type PublisherOptions, publisher } from "./publisher.ts";
