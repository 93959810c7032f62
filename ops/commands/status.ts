import { wrapLine } from "../../local/terminal/wrapLine.ts";
import type { Command } from "../command.ts";
import { OpsError } from "../errors.ts";
import { systemText, troubleText } from "../messages/statusText.ts";
import { painter } from "../output.ts";
import {
  localStates,
  notFromProgram,
  notRunHere,
  openFailures,
  reportSystem,
} from "../stack/systemReport.ts";

export const status: Command = {
  name: "status",
  positionals: ["[SYSTEM]"],
  summary: "lists the systems, their topics, and the messages in their queues",
  details: `VISIBLE messages can be received now, those IN FLIGHT are being handled, DELAYED ones are not visible yet.
Queues that do not drain on their own are marked with "!". OLDEST is the age of the oldest message; it and the
noisy groups of fair queues are shown for the local run only; on AWS, CloudWatch has them. On AWS all counts
are approximate. A local run names what clients of its API made, and no program, and the functions that are
container images, which it does not run. Without SYSTEM, what needs a look is named at the end.`,
  options: {},
  async run({ given, stack, terminal, show }) {
    const name = given.optional(0);
    const systems = name === undefined ? stack.systems : [stack.system(name)];
    const states = await localStates(stack.localUrl);
    const reports = await Promise.all(
      systems.map((system) => reportSystem(stack.clients, system, states)),
    );
    const paint = painter(terminal.colours);
    const functions = name === undefined ? stack.functions : [];
    const others = name === undefined ? await notFromProgram(stack.localUrl) : [];
    const images = name === undefined ? await notRunHere(stack.localUrl) : [];
    const failing = name === undefined ? await openFailures(stack.localUrl) : 0;
    const columns = terminal.columns?.();
    const wrapped = (line: string) => wrapLine(line, columns, "  ");
    const parts = reports.map((each) => systemText(each, paint, columns));
    if (functions.length > 0) parts.push(wrapped(`functions  ${functions.join(", ")}`));
    if (images.length > 0) {
      const text = `not run here  ${images.join(", ")} (container images; their messages wait)`;
      parts.push(wrapped(text));
    }
    if (others.length > 0) parts.push(wrapped(`not from the program  ${others.join(", ")}`));
    const trouble = name === undefined ? troubleText(reports, failing, columns) : undefined;
    if (trouble !== undefined) parts.push(paint(["bold", "red"], trouble));
    show(parts.join("\n\n"), {
      systems: reports,
      ...(functions.length > 0 && { functions }),
      ...(images.length > 0 && { notRunHere: images }),
      ...(others.length > 0 && { notFromProgram: others }),
      ...(failing > 0 && { failing }),
    });
    const problems = reports.flatMap((each) => each.problems);
    if (problems.length > 0) {
      const lines = problems.map(({ consumer, problem }) => `${consumer}: ${problem}`);
      throw new OpsError(lines.join("\n"));
    }
  },
};
