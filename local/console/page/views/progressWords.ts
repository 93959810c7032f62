import type { BranchProgress } from "../../api/types.ts";
import { type BranchState, stateWords } from "../../events/eventSummary.ts";
import { age } from "../words.ts";

/** How a branch stands and goes on: `failed, 2 of 5, next in 40 s`, `held back behind group o-1`. */
export function progressInWords(
  state: BranchState,
  progress: BranchProgress | undefined,
  now: number,
): string {
  const parts = [wordOf(state, progress), tries(state, progress), next(progress, now)];
  return parts.filter((part) => part !== undefined).join(", ");
}

function wordOf(state: BranchState, progress: BranchProgress | undefined): string {
  const { waiting, tries: number = 0, mostTries = Number.POSITIVE_INFINITY } = progress ?? {};
  if (waiting?.behind !== undefined) {
    return `held back: an earlier message of group ${waiting.behind.group} comes first`;
  }
  if (waiting?.notRunHere) return "waiting: container images are not run here";
  if (waiting?.paused) return "waiting: its consumer is paused";
  if (waiting?.delayedUntil !== undefined) return "delayed";
  return state === "failed" && number >= mostTries ? "failed for good" : stateWords[state];
}

function tries(state: BranchState, progress: BranchProgress | undefined): string | undefined {
  const { tries: number = 0, mostTries } = progress ?? {};
  const isFirst = number <= 1 && !["failed", "retrying", "deadLettered"].includes(state);
  if (number === 0 || isFirst) return undefined;
  if (mostTries !== undefined) return `${number} of ${mostTries}`;
  return number === 1 ? undefined : `${number} tries`;
}

function next(progress: BranchProgress | undefined, now: number): string | undefined {
  const at = progress?.nextAt ?? progress?.waiting?.delayedUntil;
  if (at === undefined) return undefined;
  const seconds = Math.ceil((at - now) / 1000);
  return seconds <= 0 ? "next at once" : `next in ${age(seconds)}`;
}
