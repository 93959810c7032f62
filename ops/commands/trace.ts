import type { Command } from "../command.ts";
import { waterfall } from "../messages/waterfall.ts";
import { readEventTrace } from "../stack/eventTrace.ts";

export const trace: Command = {
  name: "trace",
  positionals: ["EVENT"],
  summary: "shows one publish and all its deliveries as a waterfall",
  details: `EVENT is an id that publish prints. Of the local run only; those of a deployed stack are in X-Ray. The local
run also exports them, with --otlp.`,
  options: {},
  async run({ given, stack, show }) {
    const found = await readEventTrace(stack, given.required(0, "EVENT"));
    show([`trace ${found.traceId}`, "", ...waterfall(found.spans)].join("\n"), found);
  },
};
