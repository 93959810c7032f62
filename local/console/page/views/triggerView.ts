import { shortName } from "../../../trace/shortName.ts";
import type { TriggerState } from "../../api/types.ts";
import { type Child, h } from "../element.ts";
import { linkOf, shortPlace } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { dueInWords } from "../triggerWords.ts";
import { exactTime, pretty } from "../words.ts";
import { button, detailFrame, empty, facts, textBox } from "./frame.ts";

const back = { href: linkTo("systems"), name: "Systems" };

/** A rule of EventBridge or a schedule: when it calls what, and a button to call it now. */
export function triggerView({ overview }: State, arn: string): HTMLElement {
  const name = shortName(arn);
  if (overview === undefined) return detailFrame(back, name, empty("Looking …"));
  const trigger = overview.triggers[arn];
  if (trigger === undefined) {
    return detailFrame(back, name, empty("There is no such rule or schedule."));
  }
  const { schedule, timeZone = "UTC", next, pattern, input, targets } = trigger;
  return detailFrame(
    back,
    name,
    facts({
      Kind: shortPlace(arn).startsWith("rule ") ? "rule of EventBridge" : "schedule",
      Schedule: schedule !== undefined && h("code", {}, schedule),
      "Time zone": schedule !== undefined && timeZone,
      State: dueInWords(trigger, overview.now),
      "Next call": next !== undefined && exactTime(next),
      Calls: linksTo(targets),
      ARN: h("code", {}, arn),
    }),
    schedule !== undefined && runNow(arn, trigger),
    pattern !== undefined && [
      h("h3", {}, "Event pattern"),
      textBox(pretty(pattern), "Event pattern"),
    ],
    input !== undefined && [h("h3", {}, "Input"), textBox(pretty(input), "Input")],
  );
}

function runNow(arn: string, { enabled }: TriggerState): Child {
  return [
    h("div.actions", {}, button("Run now", "run-trigger", { trigger: arn }, ".primary")),
    h(
      "p.quiet",
      {},
      enabled
        ? "Calls the targets once more. The next call stays when it is due."
        : "Calls the targets once, although it is disabled.",
    ),
  ];
}

function linksTo(targets: readonly string[]): Child {
  if (targets.length === 0) return "nothing: it has no target";
  return targets.flatMap((target, index) => {
    const href = linkOf(target);
    const name = shortPlace(target);
    return [index > 0 && ", ", href === undefined ? name : h("a", { href }, name)];
  });
}
