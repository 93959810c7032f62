/** A part of a trace: what one service did with a message, and for how long. */
export type Span = {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Absent for what began the trace. */
  readonly parentSpanId?: string;
  readonly name: string;
  /** `producer` accepts messages, `consumer` processes them, `internal` is all else. */
  readonly kind: "producer" | "consumer" | "internal";
  /** The topic, queue, function or bucket: the resource of its ARN. */
  readonly service: string;
  /** Cloud time in milliseconds since 1970. */
  readonly start: number;
  /** Absent while it lasts. */
  readonly end?: number;
  /** Why it failed. */
  readonly error?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
};
