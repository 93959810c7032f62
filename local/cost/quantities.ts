import { topicLimits } from "../../aws/limits.ts";

const multiples: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9 };
const byteMultiples: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2 };

/** @throws Error unless the text is a number such as `250000`, `100K`, `10M` or `1.5G` */
export function readCount(option: string, text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([KMG]?)$/i.exec(text) ?? [];
  if (number !== "") return Number(number) * (multiples[unit.toUpperCase()] ?? 1);
  throw new Error(`${option} must be a number such as 250000, 100K or 10M (given "${text}")`);
}

/** @throws Error unless the text is a size such as `800B`, `4KB` or `1MB`; a KB is 1,024 bytes */
export function readBytes(option: string, text: string): number {
  const [, number = "", unit = "B"] = /^(\d+(?:\.\d+)?)(B|KB|MB)?$/i.exec(text) ?? [];
  if (number !== "") return Number(number) * (byteMultiples[unit.toUpperCase()] ?? 1);
  throw new Error(`${option} must be a size such as 800B, 4KB or 1MB (given "${text}")`);
}

/** @throws Error unless the text is the size of a message that SNS takes */
export function readMessageBytes(option: string, text: string): number {
  const bytes = readBytes(option, text);
  if (bytes >= 1 && bytes <= topicLimits.messageBytes.max) return bytes;
  throw new Error(`${option} must be a size from 1B to 1MB, the largest message (given "${text}")`);
}

/** @throws Error unless the text is a time such as `100ms` or `2s`; in milliseconds */
export function readMilliseconds(option: string, text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  if (number !== "") return Number(number) * (unit === "s" ? 1000 : 1);
  throw new Error(`${option} must be a time such as 100ms or 2s (given "${text}")`);
}
