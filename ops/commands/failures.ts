import { stateWords } from "../../local/console/events/eventSummary.ts";
import { wrapLine } from "../../local/terminal/wrapLine.ts";
import { shortName } from "../../local/trace/shortName.ts";
import type { Command } from "../command.ts";
import { OpsError } from "../errors.ts";
import { count, painter } from "../output.ts";
import { type Failure, listFailures } from "../stack/failures.ts";

export const failures: Command = {
  name: "failures",
  positionals: [],
  summary: "lists the events that went wrong in a local run, and why",
  details: `One entry for each event, whatever its tries: what SNS dropped, was denied, could not deliver, or nobody
got, and what functions failed on, with their own error and its place in the sources.`,
  options: {
    all: { type: "boolean", about: "also those that were handled later" },
  },
  async run({ given, stack, terminal, show }) {
    const url = stack.localUrl;
    if (url === undefined) throw new OpsError("only a local run has a list of failures; see tail");
    const { failures: all, now } = await listFailures(url);
    const shown = given.flag("all") ? all : all.filter(({ recovered }) => !recovered);
    const paint = painter(terminal.colours);
    const blocks = shown.map((failure) =>
      describe(failure, now, paint)
        .map((line) => wrapLine(line, terminal.columns?.()))
        .join("\n"),
    );
    show(blocks.join("\n\n") || "nothing has gone wrong", shown);
  },
};

function describe(
  { event, branches, unreached, recovered, missedSubscribers }: Failure,
  now: number,
  paint: ReturnType<typeof painter>,
): string[] {
  const time = `${new Date(event.startedAt).toISOString().slice(11, 19)}Z`;
  const state = unreached ? "  nobody got it" : recovered ? "  handled later" : "";
  const heading = `${paint("dim", `${time}  ${event.id.slice(0, 8)}`)}  ${paint("bold", event.title)}${state}`;
  const missed = missedSubscribers.map(
    ({ endpoint, reason }) => `  ${shortName(endpoint)}: ${reason}`,
  );
  const lines = causes(branches, now).map((line) => paint(recovered ? "dim" : "red", line));
  return [heading, ...lines, ...missed];
}

/** Each reason once, below the places that failed for it. */
function causes(branches: Failure["branches"], now: number): string[] {
  const same = Map.groupBy(branches, ({ reason, position }) =>
    position === undefined ? reason : `${reason} (${position})`,
  );
  return [...same].flatMap(([cause, alike]) => [
    ...alike.map(
      ({ endpoint, state, ...progress }) =>
        `  ${shortName(endpoint)}  ${stateWords[state]}${goingOn(progress, now)}`,
    ),
    `    ${cause}`,
  ]);
}

function goingOn(
  { tries, mostTries, nextAt }: Pick<Failure["branches"][number], "tries" | "mostTries" | "nextAt">,
  now: number,
): string {
  if (tries === 0) return "";
  const number = mostTries === undefined ? count(tries, "time") : `${tries} of ${mostTries}`;
  const seconds = nextAt === undefined ? undefined : Math.max(0, Math.ceil((nextAt - now) / 1000));
  return `, ${number}${seconds === undefined ? "" : `, next in ${seconds} s`}`;
}
