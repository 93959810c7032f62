import { post } from "./api.ts";
import { linkTo } from "./route.ts";
import { count } from "./words.ts";

type Values = Readonly<DOMStringMap>;

/** What the buttons do, by their `data-action`. Each gives what is to be said afterwards. */
const actions: Readonly<Record<string, (values: Values) => Promise<string | undefined>>> = {
  async redrive({ queue }) {
    await post("redrive", { queueArn: queue });
    return "The messages are moved back to where they came from.";
  },
  async replay({ queue, message }) {
    const { count: number } = await post<Counted>("replay", {
      queueArn: queue,
      messageId: message,
    });
    return `${count(number, "message")} replayed.`;
  },
  async delete({ queue, message }) {
    if (message === undefined && !confirm("Delete all messages of this queue?")) return undefined;
    const { count: number } = await post<Counted>("delete", {
      queueArn: queue,
      messageId: message,
    });
    return `${count(number, "message")} deleted.`;
  },
  async "clear-failures"() {
    await post("clear-failures", {});
    return "All failures are marked as seen.";
  },
  async "set-mapping"({ mapping, enabled }) {
    await post("set-mapping", { id: mapping, enabled: enabled === "true" });
    return enabled === "true" ? "The consumer reads its queue again." : "The consumer is paused.";
  },
  async "run-trigger"({ trigger }) {
    const { event } = await post<{ event: string }>("run-trigger", { arn: trigger });
    location.hash = linkTo("event", event);
    return undefined;
  },
  async "remove-fault"({ fault }) {
    await post("remove-fault", { id: fault });
    return "The fault is removed.";
  },
  async "clear-outbox"() {
    if (!confirm("Delete everything in the outbox?")) return undefined;
    await post("clear-outbox", {});
    return "The outbox is empty.";
  },
};

type Counted = { readonly count: number };

/** Does what a button says; undefined for one that is not known here. */
export function perform(values: Values): Promise<string | undefined> | undefined {
  const { action } = values;
  return action !== undefined && Object.hasOwn(actions, action)
    ? actions[action]?.(values)
    : undefined;
}
