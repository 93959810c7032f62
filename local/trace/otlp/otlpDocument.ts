import type { Span } from "../spans/span.ts";

const kinds = { internal: 1, producer: 4, consumer: 5 } as const;

/** `STATUS_CODE_ERROR` */
const failed = 2;

/**
 * The JSON of an OTLP request for traces. Each topic, queue and function is a resource of its own.
 *
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function otlpDocument(spans: readonly Span[]): object {
  const byService = Map.groupBy(spans, ({ service }) => service);
  return {
    resourceSpans: [...byService].map(([service, own]) => ({
      resource: {
        attributes: [
          attribute("service.name", service),
          attribute("cloud.provider", "aws"),
          attribute("deployment.environment.name", "fanout-local"),
        ],
      },
      scopeSpans: [{ scope: { name: "fanout" }, spans: own.map(spanDocument) }],
    })),
  };
}

function spanDocument(span: Span): object {
  const { traceId, spanId, parentSpanId, name, kind, start, end = start, error } = span;
  return {
    ...{ traceId, spanId, name, kind: kinds[kind] },
    ...(parentSpanId !== undefined && { parentSpanId }),
    startTimeUnixNano: nanoseconds(start),
    endTimeUnixNano: nanoseconds(end),
    attributes: Object.entries(span.attributes).map(([key, value]) => attribute(key, value)),
    ...(error !== undefined && { status: { code: failed, message: error } }),
  };
}

/** 64-bit integers are texts in OTLP's JSON. */
function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds)) * 1_000_000n);
}

function attribute(key: string, value: string | number): object {
  return {
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  };
}
