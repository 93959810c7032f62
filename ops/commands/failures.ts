import { shortName } from "../../local/console/shortName.ts";
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
    const blocks = shown.map((failure) => describe(failure, now, paint));
    show(blocks.join("\n\n") || "nothing has gone wrong", shown);
  },
};

function describe(
  { event, branches, unreached, recovered, missedSubscribers }: Failure,
  now: number,
  paint: ReturnType<typeof painter>,
): string {
  const time = new Date(event.startedAt).toISOString().slice(11, 19);
  const state = unreached ? "  nobody got it" : recovered ? "  handled later" : "";
  const heading = `${paint("dim", `${time}  ${event.id.slice(0, 8)}`)}  ${paint("bold", event.title)}${state}`;
  const lines = branches.map(({ endpoint, state, reason, position, ...progress }) => {
    const source = position === undefined ? "" : ` (${position})`;
    return `  ${shortName(endpoint)}  ${state}${goingOn(progress, now)}: ${reason}${source}`;
  });
  const missed = missedSubscribers.map(
    ({ endpoint, reason }) => `  ${shortName(endpoint)}: ${reason}`,
  );
  return [heading, ...lines.map((line) => paint(recovered ? "dim" : "red", line)), ...missed].join(
    "\n",
  );
}

function goingOn(
  { tries, mostTries, nextAt }: Pick<Failure["branches"][number], "tries" | "mostTries" | "nextAt">,
  now: number,
): string {
  if (tries === 0) return "";
  const number = mostTries === undefined ? count(tries, "time") : `${tries} of ${mostTries}`;
  const seconds = nextAt === undefined ? undefined : Math.max(0, Math.ceil((nextAt - now) / 1000));
  return ` ${number}${seconds === undefined ? "" : `, next in ${seconds} s`}`;
}
