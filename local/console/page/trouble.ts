import type { Overview } from "../api/types.ts";
import { queuesOf, type SystemShape } from "../systems/systemShape.ts";
import { denialsOf, faultsOfFunction } from "./faultsAt.ts";
import { heldIn } from "./graph/nodeStates.ts";
import { count } from "./words.ts";

/** What of a system needs a look, in a few words each; the worst first. */
export type Mark = { readonly text: string; readonly tone: "bad" | "open" };

export function marksOf(system: SystemShape, overview: Overview): Mark[] {
  const { consumers } = system;
  const failing = overview.failingIn[system.name] ?? 0;
  const pending = consumers.filter(({ confirmed }) => !confirmed).length;
  const functions = consumers.flatMap((consumer) => consumer.function?.arn ?? []);
  const states = functions.map((arn) => overview.functions[arn]);
  const letters = lettersOf(system, overview);
  const broken = [
    ...functions.flatMap((arn) => faultsOfFunction(overview.faults, arn)),
    ...consumers.flatMap(({ endpoint }) => denialsOf(overview.faults, endpoint)),
  ];
  const paused = states.filter((state) => state?.mapping?.enabled === false).length;
  return [
    ...mark(failing, `${failing} failing`, "bad"),
    ...mark(letters, count(letters, "dead letter"), "bad"),
    ...mark(states.filter((state) => state?.problem !== undefined).length, "cannot read", "bad"),
    ...mark(broken.length, "broken on purpose", "open"),
    ...mark(paused, "paused", "open"),
    ...mark(states.filter((state) => state?.notRunHere).length, "not run here", "open"),
    ...mark(pending, `${pending} unconfirmed`, "open"),
  ];
}

function mark(number: number, text: string, tone: Mark["tone"]): Mark[] {
  return number > 0 ? [{ text, tone }] : [];
}

function lettersOf({ consumers }: SystemShape, { queues }: Overview): number {
  const arns = consumers.flatMap((consumer) =>
    queuesOf(consumer).flatMap(([role, { arn }]) => (role === "work" ? [] : [arn])),
  );
  return [...new Set(arns)].reduce((sum, arn) => sum + heldIn(queues[arn]), 0);
}
