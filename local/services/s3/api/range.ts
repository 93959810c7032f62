import { S3Error } from "../s3Error.ts";

/** Bytes from `start` to before `end`. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * The bytes that a `Range` header selects. Anything but a single range of bytes is ignored.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @returns undefined for the whole object
 * @throws S3Error InvalidRange when no byte of the object lies in it
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (match === null || header === undefined) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start < end) return { start, end };
  throw new S3Error("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    details: { RangeRequested: header, ActualObjectSize: String(size) },
    headers: { "content-range": `bytes */${size}` },
  });
}
