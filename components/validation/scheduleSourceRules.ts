import { topicLimits } from "../../aws/limits.ts";
import { isAttributeName, mostMessageAttributes } from "../../aws/messageAttributes.ts";
import { isAcceptedSchedule } from "../../aws/scheduleExpression.ts";
import { isTimeZone } from "../../aws/timeZone.ts";
import { show } from "./problem.ts";
import { grouped, known, type Rule, range } from "./rule.ts";
import { isDeferred } from "./schema.ts";
import type { ScheduleSourceFacts } from "./sourceFacts.ts";

const schedules = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html";
const publish = "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html";

/** Rules about schedules as sources. */
export const scheduleSourceRules: readonly Rule<ScheduleSourceFacts>[] = [
  {
    about: "sources[].schedule",
    rule: "a rate, a cron expression of six fields with ? for a day, or a time",
    severity: "error",
    source: schedules,
    check: ({ source: { schedule } }) => {
      const given = known(schedule);
      return given === undefined || isAcceptedSchedule(given)
        ? undefined
        : `schedule must be like rate(5 minutes), cron(0 12 * * ? *) or at(2026-11-29T10:00:00) (given ${show(given)})`;
    },
  },
  {
    about: "sources[].timezone",
    rule: "a time zone of the IANA database; not with a rate",
    severity: "error",
    source: schedules,
    check: ({ source }) => {
      const [timezone, schedule] = [known(source.timezone), known(source.schedule)];
      if (timezone === undefined) return undefined;
      if (schedule?.startsWith("rate")) return "timezone has no effect on a rate; remove it";
      return isTimeZone(timezone)
        ? undefined
        : `timezone must be one of the IANA database, such as "Europe/Berlin" (given ${show(timezone)})`;
    },
  },
  {
    about: "sources[].payload",
    rule: `1 to ${grouped(topicLimits.defaultMessageBytes)} bytes, which the topic accepts`,
    severity: "error",
    source: publish,
    check: ({ source: { payload } }) => {
      if (isDeferred(payload)) return undefined;
      const text = typeof payload === "string" ? payload : JSON.stringify(payload);
      const size = Buffer.byteLength(text);
      return size >= 1 && size <= topicLimits.defaultMessageBytes
        ? undefined
        : `payload has ${grouped(size)} bytes; the topic accepts 1 to ${grouped(topicLimits.defaultMessageBytes)}`;
    },
  },
  {
    about: "sources[].attributes",
    rule: "1 to 10, with names of letters, digits, _, - and . and values that are not empty",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html",
    check: ({ source: { attributes } }) => {
      if (attributes === undefined) return undefined;
      const entries = Object.entries(attributes);
      return [
        ...(entries.length < 1 || entries.length > mostMessageAttributes
          ? [
              `attributes: 1 to ${mostMessageAttributes} (given ${entries.length}); remove it for none`,
            ]
          : []),
        ...entries
          .filter(([name]) => !isAttributeName(name))
          .map(([name]) => `attributes: ${show(name)} is not a name that SNS accepts`),
        ...entries
          .filter(([, value]) => known(value) === "")
          .map(([name]) => `attributes: ${show(name)} is empty; SNS rejects an empty value`),
      ];
    },
  },
  {
    about: "sources[].messageGroupId",
    rule: "on a FIFO topic, and only there: 1 to 128 letters, digits and punctuation",
    severity: "error",
    source: publish,
    check: ({ topic, source: { messageGroupId } }) => {
      if (!topic.fifo) {
        return messageGroupId === undefined
          ? undefined
          : "messageGroupId is for FIFO topics; remove it";
      }
      if (messageGroupId === undefined) return "a FIFO topic requires messageGroupId";
      return /^[!-~]{1,128}$/.test(messageGroupId)
        ? undefined
        : `messageGroupId must have 1 to 128 letters, digits and punctuation characters (given ${show(messageGroupId)})`;
    },
  },
  range({
    about: "flexibleMinutes",
    min: 1,
    max: 1440,
    unit: "minutes",
    source: "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html",
    value: ({ source }: ScheduleSourceFacts) => source.flexibleMinutes,
  }),
];
