/** `event: placed or paid, priority: not urgent`: a filter policy in a line. */
export function filterInWords(policy: unknown): string {
  if (!isRecord(policy)) return JSON.stringify(policy);
  return Object.entries(policy)
    .map(([key, asked]) =>
      Array.isArray(asked)
        ? `${key}: ${asked.map(valueInWords).join(" or ")}`
        : `${key}: (${filterInWords(asked)})`,
    )
    .join(", ");
}

/** The operators that are easily said. The others are shown as they are written. */
const operators: Readonly<Record<string, (asked: unknown) => string>> = {
  "anything-but": (asked) => `not ${listInWords(asked)}`,
  "equals-ignore-case": (asked) => `${listInWords(asked)} in any case`,
  exists: (asked) => (asked === true ? "present" : "absent"),
  prefix: (asked) => `${listInWords(asked)}…`,
  suffix: (asked) => `…${listInWords(asked)}`,
  cidr: listInWords,
  numeric: (asked) => (Array.isArray(asked) ? asked.join(" ") : JSON.stringify(asked)),
};

function valueInWords(asked: unknown): string {
  if (!isRecord(asked)) return typeof asked === "string" ? asked : JSON.stringify(asked);
  const [[operator, operand] = ["", undefined]] = Object.entries(asked);
  const inWords = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  return inWords === undefined ? JSON.stringify(asked) : inWords(operand);
}

function listInWords(asked: unknown): string {
  return Array.isArray(asked) ? asked.map(valueInWords).join(", ") : valueInWords(asked);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
