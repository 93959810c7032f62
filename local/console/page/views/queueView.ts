import { shortName } from "../../../trace/shortName.ts";
import type { Move, QueueMessage, QueueState, QueueView } from "../../api/types.ts";
import { queuePlace } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { depth, heldIn } from "../graph/nodeStates.ts";
import { roleNames } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { age, count, exactTime, pretty, timeOfDay } from "../words.ts";
import { button, detailFrame, empty, facts, textBox } from "./frame.ts";

const letters = { href: linkTo("letters"), name: "Dead letters" };
const systems = { href: linkTo("systems"), name: "Systems" };

/** A queue, what is in it, and what can be done with that. */
export function queueView({ detail, overview }: State, arn: string): HTMLElement {
  const place = queuePlace(overview?.systems ?? [], arn);
  const back = place?.role === "work" ? systems : letters;
  if (detail?.view !== "queue") return detailFrame(back, shortName(arn), empty("Looking …"));
  const { queue } = detail;
  const held = heldIn(queue.state);
  return detailFrame(
    back,
    place === undefined ? shortName(arn) : `${place.consumer.name}: ${roleNames[place.role]}`,
    facts({
      System: place?.system.name,
      Queue: h("code", {}, shortName(arn)),
      Now: depth(queue.state),
      "Noisy groups": fairness(queue.state),
      "Visibility timeout": age(queue.visibilityTimeoutSeconds),
      "Keeps messages": age(queue.retentionSeconds),
      URL: h("code", {}, queue.url),
    }),
    held > 0 && actions(queue),
    queue.moves.length > 0 && moves(queue.moves),
    h("h3", {}, "Messages"),
    queue.messages.length === 0
      ? empty("It is empty.")
      : h(
          "ol.messages",
          {},
          queue.messages.map((each) => message(each, queue)),
        ),
    held > queue.messages.length &&
      h(
        "p.quiet",
        {},
        `The first ${queue.messages.length} of ${held.toLocaleString("en")} are shown.`,
      ),
  );
}

/** Undefined while no group is noisy. */
function fairness({ fairness: found }: QueueState): string | undefined {
  if (found === undefined || found.noisyGroups === 0) return undefined;
  return `${found.noisyGroups}; all others: ${depth(found.quiet)}`;
}

function actions({ arn, deadLettersOf, replay }: QueueView): HTMLElement {
  const isDeadLetterQueue = deadLettersOf.length > 0;
  return h(
    "div.actions",
    {},
    isDeadLetterQueue && button("Redrive all", "redrive", { queue: arn }, ".primary"),
    replay.possible && button("Replay all", "replay", { queue: arn }, ".primary"),
    button("Delete all", "delete", { queue: arn }, ".danger"),
    h(
      "p.quiet",
      {},
      isDeadLetterQueue
        ? `Redrive moves them back to ${deadLettersOf.map(shortName).join(", ")}.`
        : replay.possible &&
            `Replay brings them to ${shortName(replay.to)} again, which AWS cannot do by itself.`,
    ),
  );
}

function moves(all: readonly Move[]): HTMLElement {
  return h(
    "ul.moves",
    {},
    all
      .slice(0, 3)
      .map(({ status, moved, toMove, startedAt, failureReason }) =>
        h(
          "li",
          {},
          `${timeOfDay(startedAt)}: ${moved} of ${count(toMove, "message")} moved, ${status.toLowerCase()}`,
          failureReason !== undefined && `: ${failureReason}`,
        ),
      ),
  );
}

const states: Readonly<Record<QueueMessage["state"], string>> = {
  visible: "waiting",
  inFlight: "in flight",
  delayed: "delayed",
};

function message(each: QueueMessage, { arn, replay }: QueueView): HTMLElement {
  const {
    messageId,
    body,
    state,
    sentAt,
    visibleAt,
    receiveCount,
    groupId,
    sourceArn,
    event,
    failure,
  } = each;
  return h(
    "li",
    { "data-key": messageId },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("span.summary-text", {}, h("code", {}, body.slice(0, 140))),
        h(
          "span.quiet",
          {},
          [
            states[state],
            groupId !== undefined && `group ${groupId}`,
            receiveCount > 0 && `received ${count(receiveCount, "time")}`,
          ]
            .filter(Boolean)
            .join(", "),
        ),
        failure !== undefined &&
          h(
            "span.reason.bad",
            {},
            failure.reason,
            failure.position !== undefined && [" ", h("code", {}, failure.position)],
          ),
      ),
      textBox(pretty(body), "Body"),
      facts({
        Entered: exactTime(sentAt),
        ...(state !== "visible" && { "Visible from": exactTime(visibleAt) }),
        ...(sourceArn !== undefined && { From: shortName(sourceArn) }),
        Id: h("code", {}, messageId),
        ...attributesOf(each),
      }),
      h(
        "div.actions",
        {},
        h("a.button", { href: linkTo("event", event) }, "Its event"),
        replay.possible && button("Replay", "replay", { queue: arn, message: messageId }),
        button("Delete", "delete", { queue: arn, message: messageId }, ".danger"),
      ),
    ),
  );
}

function attributesOf({ attributes }: QueueMessage): Record<string, Child> {
  return Object.fromEntries(Object.entries(attributes).map(([name, { text }]) => [name, text]));
}
