import type { Overview } from "../../api/types.ts";
import { type QueueRole, queuesOf, type SystemShape } from "../../systems/systemShape.ts";
import { h } from "../element.ts";
import { heldIn } from "../graph/nodeStates.ts";
import { roleNames } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { age, count } from "../words.ts";
import { empty, frame } from "./frame.ts";

type Row = {
  readonly system: string;
  readonly consumer: string;
  readonly role: QueueRole;
  readonly arn: string;
  readonly held: number;
  readonly oldestAgeSeconds?: number;
};

/** What went wrong and is kept: every dead-letter, undelivered and failure queue that holds something, and the others. */
export function lettersView(state: State): HTMLElement {
  if (state.overview === undefined) return frame("Dead letters", empty("Looking …"));
  const rows = letterQueues(state.overview);
  const filled = rows.filter(({ held }) => held > 0);
  const others = rows.filter(({ held }) => held === 0);
  return frame(
    "Dead letters",
    h(
      "p.quiet.lead",
      {},
      "Messages that a consumer failed on (dead letters), that a topic could not deliver (undelivered), or that a function invoked by the topic failed on (failures).",
    ),
    filled.length > 0 ? table(filled) : empty("Every one of these queues is empty."),
    others.length > 0 &&
      h(
        "details.others",
        { "data-key": "others" },
        h("summary", {}, count(others.length, "empty queue")),
        table(others),
      ),
  );
}

/** How many messages are kept in all of them, or in those of one system. */
export function heldLetters(overview: Overview, system?: SystemShape): number {
  const rows = letterQueues(overview, system === undefined ? overview.systems : [system]);
  return rows.reduce((sum, { held }) => sum + held, 0);
}

function letterQueues(overview: Overview, systems = overview.systems): Row[] {
  const rows = systems.flatMap((system) =>
    system.consumers.flatMap((consumer) =>
      queuesOf(consumer)
        .filter(([role]) => role !== "work")
        .map(([role, { arn }]) => {
          const state = overview.queues[arn];
          return {
            system: system.name,
            consumer: consumer.name,
            role,
            arn,
            held: heldIn(state),
            ...(state?.oldestAgeSeconds !== undefined && {
              oldestAgeSeconds: state.oldestAgeSeconds,
            }),
          };
        }),
    ),
  );
  // Two consumers may share one.
  return [...new Map(rows.map((row) => [row.arn, row])).values()];
}

function table(rows: readonly Row[]): HTMLElement {
  return h(
    "ul.queues",
    {},
    rows.map(({ system, consumer, role, arn, held, oldestAgeSeconds }) =>
      h(
        "li",
        { "data-key": arn },
        h(
          "a",
          { href: linkTo("queue", arn) },
          h("span.queue-name", {}, h("strong", {}, consumer), ` ${roleNames[role]}`),
          h("span.quiet", {}, system),
          h(
            "span.held",
            { "data-tone": held > 0 ? "bad" : undefined },
            held.toLocaleString("en"),
            h(
              "span.quiet",
              {},
              oldestAgeSeconds === undefined ? "" : ` · ${age(oldestAgeSeconds)}`,
            ),
          ),
        ),
      ),
    ),
  );
}
