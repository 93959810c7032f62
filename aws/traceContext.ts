import { randomBytes } from "node:crypto";

/** A position in a distributed trace. https://www.w3.org/TR/trace-context/ */
export type TraceContext = {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Of the span that caused this one: 16 hexadecimal digits. */
  readonly parentId: string;
  readonly sampled: boolean;
};

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const allZeros = /^0+$/;

/** Reads W3C's header `traceparent`; undefined if it is not valid. */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const [, traceId = "", parentId = "", flags = ""] = traceparent.exec(text ?? "") ?? [];
  if (allZeros.test(traceId) || allZeros.test(parentId) || flags === "") return undefined;
  return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent({ traceId, parentId, sampled }: TraceContext): string {
  return `00-${traceId}-${parentId}-${sampled ? "01" : "00"}`;
}

/**
 * Reads the tracing header of X-Ray, `Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1`.
 * Undefined if it is not valid or names no parent.
 *
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function parseXrayHeader(text: string | undefined): TraceContext | undefined {
  const fields = new Map(
    (text ?? "").split(";").map((field) => {
      const [name = "", value = ""] = field.trim().split("=");
      return [name, value] as const;
    }),
  );
  const root = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/.exec(fields.get("Root") ?? "");
  const parentId = fields.get("Parent") ?? "";
  if (root === null || !/^[0-9a-f]{16}$/.test(parentId)) return undefined;
  return { traceId: `${root[1]}${root[2]}`, parentId, sampled: fields.get("Sampled") === "1" };
}

export function formatXrayHeader({ traceId, parentId, sampled }: TraceContext): string {
  const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
  return `Root=${root};Parent=${parentId};Sampled=${sampled ? 1 : 0}`;
}

/**
 * The start of a new trace, as a `traceparent`: for applications without a tracing library.
 *
 * @example
 * const orders = publisher(orderPlaced, { traceparent: newTraceparent });
 */
export function newTraceparent(): string {
  const [traceId, parentId] = [16, 8].map((bytes) => randomBytes(bytes).toString("hex"));
  return `00-${traceId}-${parentId}-01`;
}
