/**
 * Reads the environment variables that a handler needs. Call it at module level, so that a function that
 * was deployed without one fails when it starts, not at its first message.
 *
 * @throws Error that names every variable that is missing or empty
 */
export function environment<Name extends string>(...names: Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(
      `Environment variables missing: ${missing.join(", ")}. Set them on the function (this handler needs ${names.join(", ")}).`,
    );
  }
  const values = names.map((name) => [name, process.env[name] ?? ""] as const);
  return Object.fromEntries(values) as Record<Name, string>;
}
