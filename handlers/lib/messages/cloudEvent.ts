import * as v from "valibot";
import { parse } from "../parseJson.ts";
import type { CloudEventType } from "./messageType.ts";

/**
 * The context of an event in a CloudEvents 1.0 envelope, without its data.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export type CloudEventContext = {
  /** Unique for its source. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** ISO 8601. */
  readonly time?: string | undefined;
  readonly subject?: string | undefined;
  /** Of the extension for distributed tracing. */
  readonly traceparent?: string | undefined;
};

/** The JSON of an event with its data: what the specification calls structured mode. */
export function toCloudEvent(
  { source, type }: CloudEventType,
  data: unknown,
  context: {
    readonly id: string;
    readonly time: string;
    readonly traceparent?: string | undefined;
  },
): string {
  const { id, time, traceparent } = context;
  const tracing = traceparent === undefined ? {} : { traceparent };
  const datacontenttype = "application/json";
  return JSON.stringify({
    ...{ specversion: "1.0", id, source, type, time, datacontenttype },
    ...tracing,
    data,
  });
}

/**
 * Reads an envelope of that type. Its source may be any: several publishers may send one type of event.
 *
 * @param what names the message in the error
 * @throws PermanentError if it is not an envelope of that type
 */
export function readCloudEvent(
  envelope: unknown,
  { type }: CloudEventType,
  what: string,
): { readonly context: CloudEventContext; readonly data: unknown } {
  const {
    data,
    specversion: _,
    ...context
  } = parse(
    v.object({ ...contextShape, type: v.literal(type) }),
    envelope,
    `CloudEvent of ${what}`,
  );
  return { context, data };
}

const required = v.pipe(v.string(), v.nonEmpty());

const contextShape = {
  specversion: v.literal("1.0"),
  id: required,
  source: required,
  time: v.optional(v.string()),
  subject: v.optional(v.string()),
  traceparent: v.optional(v.string()),
  data: v.unknown(),
};
