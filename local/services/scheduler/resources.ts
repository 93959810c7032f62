import * as v from "valibot";
import { optionalText, type ResourceType, resourceType } from "../../provider/resourceType.ts";

const milliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

const ratePattern = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)s?\)$/;

/** Milliseconds of `rate(5 minutes)`: the one kind of schedule that the local cloud has. */
const rate = v.pipe(
  v.string(),
  v.regex(ratePattern, "the local cloud has schedules like rate(5 minutes) only"),
  v.transform((expression) => {
    const { count = "", unit = "" } = ratePattern.exec(expression)?.groups ?? {};
    return Number(count) * (milliseconds[unit] ?? 0);
  }),
);

export const scheduler: Readonly<Record<string, ResourceType>> = {
  "aws:scheduler/schedule:Schedule": resourceType(
    {
      name: optionalText,
      description: optionalText,
      scheduleExpression: rate,
      flexibleTimeWindow: v.strictObject({ mode: v.literal("OFF") }),
      target: v.strictObject({ arn: v.string(), roleArn: v.string(), input: optionalText }),
      region: optionalText,
    },
    (cloud, logicalName, { name = logicalName, scheduleExpression: every, target }) => {
      const { arn: functionArn, roleArn, input } = target;
      const { arn } = cloud.schedules.create(name, {
        every,
        functionArn: cloud.functions.get(functionArn).arn,
        roleArn,
        input,
      });
      return { id: `default/${name}`, outputs: { name, arn } };
    },
  ),
};
