import { invalidArgument } from "../s3Error.ts";

/**
 * How a listing writes keys: with `encoding-type=url` percent-encoded, because XML cannot hold every
 * character that a key may.
 * @throws S3Error InvalidArgument
 */
export function listEncoding(query: URLSearchParams): (key: string) => string {
  const type = query.get("encoding-type");
  if (type === null) return (key) => key;
  if (type === "url") return (key) => encodeURIComponent(key).replaceAll("%2F", "/");
  throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
}
