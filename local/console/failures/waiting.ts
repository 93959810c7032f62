import type { Cloud } from "../../cloud.ts";
import type { Waiting } from "./outlook.ts";

/** How many messages of a queue are looked through. */
const mostMessages = 1000;

/** @returns undefined when the event has no message there, or it does not wait for anything */
export function waitingOf(cloud: Cloud, queueArn: string, event: string): Waiting | undefined {
  const queue = cloud.queues.find(queueArn);
  if (queue === undefined) return undefined;
  const messages = cloud.queues.peek(queueArn, mostMessages);
  const own = messages.find((message) => message.event === event);
  if (own === undefined || own.state === "inFlight") return undefined;
  const group = queue.fifo ? own.systemAttributes.MessageGroupId : undefined;
  const first = messages.find(({ systemAttributes }) => systemAttributes.MessageGroupId === group);
  const isBehind = group !== undefined && first !== undefined && first !== own;
  const found = {
    ...(isBehind && { behind: { event: first.event, group } }),
    ...(own.state === "delayed" && { delayedUntil: own.visibleAt }),
    ...whyNotRead(cloud, queueArn),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

function whyNotRead(
  { mappings, functions }: Cloud,
  queueArn: string,
): Pick<Waiting, "paused" | "notRunHere"> {
  const own = mappings.list().filter((mapping) => mapping.queueArn === queueArn);
  const isStopped = ({ enabled, functionArn }: (typeof own)[number]) =>
    !enabled || functions.isHeld(functionArn);
  if (own.length === 0 || !own.every(isStopped)) return {};
  const isImage = own.some(
    ({ functionArn }) => functions.find(functionArn)?.imageUri !== undefined,
  );
  return isImage ? { notRunHere: true } : { paused: true };
}
