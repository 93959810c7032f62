import { expect } from "chai";
import type { FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";

/** What is refused; `args` is not typed, as JSON and JavaScript are not. */
function refused(args: object): string[] {
  const all = { consumers: [{ name: "a" }], ...args } as FanoutTopicArgs;
  return fanoutTopicProblems("orders", all, () => true)
    .filter(({ severity }) => severity === "error")
    .map(formatProblem);
}

const arn = (index: number) => `arn:aws:sns:eu-west-1:123456789012:pager${index}`;

describe("the monitoring of a topic", () => {
  const cases: [string, object, string[]][] = [
    ["by its defaults", { alarms: true, dashboard: true, deliveryLogging: true }, []],
    ["without alarms of some kinds", { alarms: { throttles: false, deadLetters: 5 } }, []],
    [
      "with too many actions",
      { alarms: { actions: [0, 1, 2, 3, 4, 5].map(arn) } },
      ["alarms.actions has 6; CloudWatch allows 5"],
    ],
    [
      "with actions that are no ARNs",
      { alarms: { actions: ["pager"] } },
      ['alarms.actions must be ARNs (given "pager")'],
    ],
    [
      "with a misspelt alarm",
      { alarms: { deadletters: 1 } },
      ['alarms: unknown field "deadletters"; did you mean "deadLetters"?'],
    ],
    [
      "with less than no dead letters",
      { alarms: { deadLetters: -1 } },
      ["alarms.deadLetters must be 0 to 1,000,000,000 (given -1)"],
    ],
    [
      "above the whole timeout",
      { alarms: { durationPercent: 101 } },
      ["alarms.durationPercent must be 1 to 100 percent of the timeout (given 101)"],
    ],
    [
      "for messages older than the queue keeps them",
      { alarms: { oldestMessageSeconds: 600 }, consumers: [{ name: "a", retentionSeconds: 600 }] },
      ['alarms.oldestMessageSeconds (600) must be below the retention of consumer "a" (600)'],
    ],
    [
      "for messages older than a queue keeps them, of the queues that are watched only",
      {
        alarms: { oldestMessageSeconds: 400_000 },
        consumers: [
          { name: "a", retentionSeconds: 1_209_600 },
          { name: "short" },
          { name: "sms", kind: "sms", endpoint: "+12025550123" },
          { name: "theirs", existingQueueArn: "arn:aws:sqs:eu-west-1:123456789012:theirs" },
          { name: "far", region: "eu-central-1" },
        ],
      },
      [
        'alarms.oldestMessageSeconds (400,000) must be below the retention of consumer "short" (345,600)',
      ],
    ],
    [
      "for messages of quiet groups older than a fair queue keeps them",
      {
        alarms: { oldestQuietMessageSeconds: 900 },
        consumers: [
          { name: "fair", fairness: true, retentionSeconds: 901 },
          { name: "short", fairness: true, retentionSeconds: 900 },
        ],
      },
      [
        'alarms.oldestMessageSeconds (900) must be below the retention of consumer "short" (900)',
        'alarms.oldestQuietMessageSeconds (900) must be below the retention of consumer "short" (900)',
      ],
    ],
    [
      "by more graphs than CloudWatch shows",
      {
        dashboard: true,
        consumers: Array.from({ length: 33 }, (_, index) => ({ name: `c${index}` })),
      },
      ["dashboard supports 32 consumers (given 33)"],
    ],
    [
      "by more than all deliveries",
      { deliveryLogging: { successSamplePercent: 101 } },
      ["deliveryLogging.successSamplePercent must be 0 to 100 percent (given 101)"],
    ],
    [
      "by logs kept for ten days",
      { deliveryLogging: { retentionDays: 10 } },
      [
        "deliveryLogging.retentionDays must be one of CloudWatch's values 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (given 10)",
      ],
    ],
  ];
  for (const [what, args, problems] of cases) {
    it(`${problems.length === 0 ? "passes" : "is refused"} ${what}`, () => {
      expect(refused(args)).to.deep.equal(problems);
    });
  }
});
