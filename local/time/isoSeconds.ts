/** `2026-01-31T09:05:07Z`, as services write times that have no milliseconds. @param time since 1970, in milliseconds */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
