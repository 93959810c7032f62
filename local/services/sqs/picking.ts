import { type MessageTable, type Position, type StoredMessage, start } from "./messageTable.ts";
import type { Definition } from "./queue.ts";

/**
 * Selects messages that can be received now, those longest visible first. Of a FIFO queue it selects as
 * many of a group as come one after another and are visible, then goes on to the next group.
 *
 * @param take whether to take the message; false when it was just removed from the queue instead
 * @param ready the receivable messages after a position. @default all of the queue
 */
export function pick(
  messages: MessageTable,
  queue: Definition,
  wanted: number,
  now: number,
  take: (message: StoredMessage) => boolean = () => true,
  ready = (after: Position, limit: number) => messages.ready(queue.id, now, after, limit),
): StoredMessage[] {
  const picked: StoredMessage[] = [];
  const groups = new Set<string>();
  let after = start;
  for (;;) {
    const limit = wanted - picked.length;
    const heads = limit > 0 ? ready(after, limit) : [];
    for (const head of heads) {
      if (queue.fifo) picked.push(...takeGroup(head, wanted - picked.length));
      else if (take(head)) picked.push(head);
    }
    const last = heads.at(-1);
    if (last === undefined || heads.length < limit) return picked;
    after = last;
  }

  function takeGroup(head: StoredMessage, room: number): StoredMessage[] {
    const taken: StoredMessage[] = [];
    const group = head.groupId ?? "";
    if (groups.has(group)) return taken;
    groups.add(group);
    let message: StoredMessage | undefined = head;
    while (message !== undefined && message.visibleAt <= now && taken.length < room) {
      if (take(message)) taken.push(message);
      message = messages.nextInGroup(queue.id, group, message.sequence);
    }
    return taken;
  }
}
