/** Lambda's form of a time: `2026-01-31T09:05:07.000+0000`. @param time in milliseconds since 1970 */
export function lambdaTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "+0000");
}
