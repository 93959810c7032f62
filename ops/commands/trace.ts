import type { Command } from "../command.ts";
import { waterfall } from "../messages/waterfall.ts";
import { readEventTrace } from "../stack/eventTrace.ts";

export const trace: Command = {
  name: "trace",
  positionals: ["EVENT"],
  summary: "shows one publish and all its deliveries as a waterfall",
  details: `EVENT is an id that publish prints, or its first eight letters, as tail and failures print them. Of the local
run only, which also exports traces, with --otlp; those of a deployed stack are in X-Ray.`,
  options: {},
  async run({ given, stack, show }) {
    const found = await readEventTrace(stack, given.required(0, "EVENT"));
    show([`trace ${found.traceId}`, "", ...waterfall(found.spans)].join("\n"), found);
  },
};
