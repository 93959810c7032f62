import { invalidArgument } from "../s3Error.ts";

/** The most that S3 puts on a page, and what it puts there when not told otherwise. */
const maximum = 1000;

/**
 * @param parameter name of the query parameter, for example `max-keys`
 * @throws S3Error InvalidArgument
 */
export function pageSize(query: URLSearchParams, parameter: string): number {
  const value = query.get(parameter);
  if (value === null || value === "") return maximum;
  const size = Number(value);
  if (Number.isInteger(size) && size >= 0 && size <= 2 ** 31 - 1) return Math.min(size, maximum);
  const message = `Provided ${parameter} not an integer or within integer range`;
  throw invalidArgument(message, parameter, value);
}
