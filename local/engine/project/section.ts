/** A mapping of a YAML file. */
export type Section = Readonly<Record<string, unknown>>;

/** The value as a mapping; without entries when it is none. */
export function asSection(value: unknown): Section {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
