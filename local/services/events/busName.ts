/** The bus that every account has. */
export const defaultBus = "default";

/** The name of a bus. @param given its name or its ARN */
export function busNamed(given: string = defaultBus): string {
  return given.replace(/^.*event-bus\//, "");
}
