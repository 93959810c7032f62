import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { Hop } from "../../trace/hop.ts";

/** What one search found. */
export type Found = {
  /** Ids of events, the latest first; an event may come again with a later search. */
  readonly events: readonly string[];
  /** `upTo` of the next search; absent where all has been looked through. */
  readonly next?: number;
  /** `after` of a search for what happens from now on. */
  readonly latest: number;
};

/** Between the texts of two events. */
const separator = "\0";

/** The texts of some hops as one, in which `eventsWith` looks: it is shorter, and faster to look at, than the hops. */
export function searchText(hops: readonly Hop[]): string {
  const events = new Map<string, Set<string>>();
  for (const hop of hops) {
    const texts = events.get(hop.event) ?? new Set();
    if (texts.size === 0) events.set(hop.event, texts.add(hop.event));
    addTexts(texts, hop);
  }
  return [...events]
    .map(([event, texts]) => `${event}\n${plain([...texts].join("\n").toLowerCase())}`)
    .join(separator);
}

/** Ids of the events that have the text, the latest first. @param wanted in lower case */
export function eventsWith(text: string, wanted: string): string[] {
  if (!text.includes(wanted)) return [];
  return text
    .split(separator)
    .reverse()
    .flatMap((each) => {
      const end = each.indexOf("\n");
      return each.includes(wanted, end) ? [each.slice(0, end)] : [];
    });
}

function plain(text: string): string {
  return text.includes(separator) ? text.replaceAll(separator, " ") : text;
}

/** What a reader may look for: ids, a message, its attributes, a key, a reason, a summary. */
function addTexts(texts: Set<string>, hop: Hop): void {
  switch (hop.kind) {
    case "published":
      texts.add(hop.messageId).add(hop.body);
      if (hop.groupId !== undefined) texts.add(hop.groupId);
      if (hop.traceHeader !== undefined) texts.add(hop.traceHeader);
      if (hop.attributes !== undefined) addAttributes(texts, hop.attributes);
      break;
    case "stored":
      texts.add(hop.key).add(hop.eventName);
      break;
    case "queued":
      texts.add(hop.messageId);
      if (hop.traceHeader !== undefined) texts.add(hop.traceHeader);
      break;
    case "deduplicated":
      texts.add(hop.messageId);
      break;
    case "invoked":
      texts.add(hop.requestId);
      break;
    case "failed":
      texts.add(hop.reason);
      if (hop.position !== undefined) texts.add(hop.position);
      break;
    case "filtered":
    case "denied":
    case "refused":
    case "retrying":
    case "deadLettered":
    case "dropped":
      texts.add(hop.reason);
      break;
    case "sent":
      texts.add(hop.summary);
      break;
    // Their ids came with an earlier hop.
    case "received":
    case "handled":
  }
}

function addAttributes(texts: Set<string>, attributes: MessageAttributes): void {
  for (const [name, { stringValue = "" }] of Object.entries(attributes)) {
    texts.add(name).add(stringValue);
  }
}
