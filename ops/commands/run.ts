import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { logicalName, unknownName } from "../stack/names.ts";
import { readTriggers, runTrigger } from "../stack/triggers.ts";

export const run: Command = {
  name: "run",
  positionals: ["SCHEDULE"],
  summary: "calls the targets of a schedule now",
  details: `SCHEDULE is the name or ARN of a schedule of EventBridge Scheduler, or of an EventBridge rule with a schedule,
also of a disabled one. The next call stays when it is due. Of the local run only: AWS has no such call.`,
  options: {},
  async run({ given, stack, show }) {
    const { localUrl } = stack;
    if (localUrl === undefined) {
      throw new UsageError("schedules run by hand on the local run only: AWS has no such call");
    }
    const name = given.required(0, "SCHEDULE");
    const triggers = await readTriggers(localUrl);
    const found = triggers.filter(
      ({ name: own, arn }) => [own, arn].includes(name) || logicalName(own) === name,
    );
    const [trigger, ...others] = found;
    if (trigger === undefined) {
      throw unknownName("schedule", name, triggers.map((each) => each.name).toSorted());
    }
    if (others.length > 0) {
      const arns = found.map(({ arn }) => arn).toSorted();
      throw new UsageError(`"${name}" is several schedules; available: ${arns.join(", ")}`);
    }
    const event = await runTrigger(localUrl, trigger.arn);
    show(`${trigger.name}: ran (event ${event})`, { schedule: trigger.name, event });
  },
};
