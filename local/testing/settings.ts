/** Settings by their full keys, as text, as Pulumi keeps them. */
export function settingsOf(
  config: Readonly<Record<string, unknown>> = {},
  project: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.includes(":") ? key : `${project}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
