import { invalidParameter } from "../errors.ts";

/**
 * The texts by protocol of a message with `MessageStructure: json`. Values that are not texts do not count.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function readMessageStructure(message: string): Readonly<Record<string, string>> {
  const parsed = parse(message);
  const texts = Object.entries(parsed).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol.default === undefined) {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
  return byProtocol;
}

function parse(message: string): object {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
}
