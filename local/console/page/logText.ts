/** A log with its lines of JSON laid out: one member on each line. */
export function readable(log: string): string {
  return log
    .split("\n")
    .map((line) => {
      const entry = entryOf(line);
      return entry === undefined ? line : JSON.stringify(entry, undefined, 2);
    })
    .join("\n");
}

/** The message of the last error that a log tells of in JSON, as Powertools' logger writes it. */
export function errorIn(log: string): string | undefined {
  for (const line of log.split("\n").reverse()) {
    const entry = entryOf(line);
    if (entry?.level !== "ERROR") continue;
    const { error, message } = entry;
    const text = isRecord(error) ? error.message : message;
    return typeof text === "string" ? text : undefined;
  }
  return undefined;
}

function entryOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) ? entry : undefined;
  } catch {
    // A line that only begins like JSON is shown as it is.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
