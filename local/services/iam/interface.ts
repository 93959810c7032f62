/** The unique id of a user. */
export function userId(name: string): string {
  return `AIDA${name.toUpperCase()}`;
}
