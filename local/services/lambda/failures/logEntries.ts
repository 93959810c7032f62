/** An error that a handler printed: as a line of JSON, or by `console.error`. */
export type LoggedError = {
  readonly messageId?: string;
  readonly reason: string;
  readonly stack?: string;
};

type Fields = Readonly<Record<string, unknown>>;

/** The lines of a log that are JSON objects, as structured loggers write them. */
export function jsonEntries(log: string): Fields[] {
  return log
    .split("\n")
    .map(jsonEntry)
    .filter((entry) => entry !== undefined);
}

export function jsonEntry(line: string): Fields | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) ? entry : undefined;
  } catch {
    // A line that only begins like JSON is text.
    return undefined;
  }
}

/** The errors and warnings that a handler printed, in their order. */
export function loggedErrors(log: string): LoggedError[] {
  const structured = jsonEntries(log).flatMap(errorOf);
  return structured.length > 0 ? structured : plainErrors(log);
}

/** Fields as Powertools' logger names them. https://docs.powertools.aws.dev/lambda/typescript/latest/features/logger/ */
function errorOf({ level, messageId, error, reason, message }: Fields): LoggedError[] {
  if (level !== "ERROR" && level !== "CRITICAL" && level !== "WARN") return [];
  const text = isRecord(error) ? chainOf(error) : (reason ?? message);
  if (typeof text !== "string") return [];
  return [
    {
      reason: text,
      ...(typeof messageId === "string" && { messageId }),
      ...(isRecord(error) && typeof error.stack === "string" && { stack: rootOf(error).stack }),
    },
  ];
}

/** The message of an error, and those of what caused it. */
function chainOf(error: Fields): unknown {
  const { message, cause } = error;
  if (typeof message !== "string" || !isRecord(cause)) return message;
  const further = chainOf(cause);
  return typeof further === "string" && !message.includes(further)
    ? `${message}: ${further}`
    : message;
}

function rootOf(error: Fields): { readonly stack: string } {
  const { cause, stack } = error;
  if (isRecord(cause) && typeof cause.stack === "string") return rootOf(cause);
  return { stack: String(stack) };
}

/** `time<TAB>request id<TAB>ERROR<TAB>text`, the text perhaps of several lines. */
function plainErrors(log: string): LoggedError[] {
  const blocks = log.split(/^(?=[^\t\n]+\t[^\t\n]+\t[A-Z]+\t|(?:START|END|REPORT) RequestId: )/m);
  return blocks.flatMap((block) => {
    const [, text] = /^[^\t\n]+\t[^\t\n]+\tERROR\t([\s\S]+)$/.exec(block) ?? [];
    if (text === undefined) return [];
    const [first = ""] = text.split("\n");
    return [{ reason: first.replace(/^\w*Error: /, ""), stack: text }];
  });
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
