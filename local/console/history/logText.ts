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
  return entriesOf(log)
    .filter(({ level }) => level === "ERROR")
    .map(causeOf)
    .at(-1);
}

/** Why one of these messages failed or was held back, where the handler logs their ids. */
export function causeIn(log: string, messageIds: ReadonlySet<unknown>): string | undefined {
  return entriesOf(log)
    .filter(({ level, messageId }) => level !== "INFO" && messageIds.has(messageId))
    .map(causeOf)
    .at(-1);
}

function causeOf({ error, reason, message }: Entry): string | undefined {
  const text = isRecord(error) ? error.message : (reason ?? message);
  return typeof text === "string" ? text : undefined;
}

type Entry = Readonly<Record<string, unknown>>;

function entriesOf(log: string): Entry[] {
  return log
    .split("\n")
    .map(entryOf)
    .filter((entry) => entry !== undefined);
}

function entryOf(line: string): Entry | undefined {
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
