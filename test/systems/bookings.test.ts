import { expect } from "chai";
import { isObject } from "../../aws/isObject.ts";
import type { SystemOutputs } from "../../systems/shared/system.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import type { ProgramRun } from "../harness/programs/program.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("the system bookings", () => {
  let run: ProgramRun<Record<string, SystemOutputs>>;
  before(async () => {
    run = await runStack("dev", { systems: ["bookings"] });
  });

  /** What a role may do besides its logs and its queue: actions by table, index or topic. */
  function rightsOf(role: string): Record<string, unknown> {
    const policies = run.registrations.filter(
      ({ type, inputs }) =>
        type === "aws:iam/rolePolicy:RolePolicy" && inputs.role === `${role}-1a2b3c4`,
    );
    const statements = policies
      .map((policy) => json(policy, "policy"))
      .flatMap((document) => (isObject(document) ? [document.Statement].flat() : []))
      .filter(isObject)
      .filter(({ Sid }) => Sid !== "WriteLogs" && Sid !== "ConsumeQueue");
    return Object.fromEntries(
      statements.map(({ Resource, Action, Condition }) => [
        String(Resource).replace(/^.*:/, "").replaceAll("-1a2b3c4", ""),
        Condition === undefined ? Action : [Action, Condition],
      ]),
    );
  }

  it("filters consumers by the attribute event", () => {
    const type = "aws:sns/topicSubscription:TopicSubscription";
    const filters = namesOf(run, type).map((name) => {
      const { filterPolicy, filterPolicyScope } = resource(run, type, name).inputs;
      return [name, filterPolicy, filterPolicyScope];
    });
    expect(filters).to.deep.equal([
      ["bookings-analytics", '{"event":["requested","confirmed","rejected"]}', "MessageAttributes"],
      ["bookings-notifications", '{"event":["confirmed","rejected"]}', "MessageAttributes"],
      ["bookings-payments", '{"event":["confirmed"]}', "MessageAttributes"],
      ["bookings-reservations", '{"event":["requested"]}', "MessageAttributes"],
    ]);
  });

  for (const [role, rights] of [
    [
      "bookings-front-door",
      {
        "table/bookings": ["dynamodb:GetItem", "dynamodb:PutItem"],
        "table/bookings/index/latest": ["dynamodb:Query"],
        bookings: "sns:Publish",
      },
    ],
    [
      "bookings-reservations",
      {
        "table/bookings": ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        "table/booking-nights": ["dynamodb:PutItem"],
        bookings: "sns:Publish",
      },
    ],
    [
      "bookings-payments",
      {
        "table/bookings": ["dynamodb:UpdateItem"],
        "table/booking-charges": ["dynamodb:GetItem", "dynamodb:PutItem"],
      },
    ],
    [
      "bookings-notifications",
      {
        "table/bookings": ["dynamodb:UpdateItem"],
        "table/booking-mails": [
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
        ],
        "*": ["ses:SendEmail", { StringEquals: { "ses:FromAddress": "orders@example.com" } }],
      },
    ],
    [
      "bookings-analytics",
      {
        "table/bookings": ["dynamodb:UpdateItem"],
        "table/booking-counts": ["dynamodb:UpdateItem"],
        "table/booking-counted": ["dynamodb:PutItem"],
      },
    ],
  ] as const) {
    it(`grants ${role} exactly what it needs`, () => {
      expect(rightsOf(role)).to.deep.equal(rights);
    });
  }

  it("stores bookings by id, with an index of the latest", () => {
    const { inputs } = resource(run, "aws:dynamodb/table:Table", "bookings");
    expect(inputs).to.deep.include({
      hashKey: "bookingId",
      globalSecondaryIndexes: [
        { name: "latest", hashKey: "list", rangeKey: "requestedAt", projectionType: "ALL" },
      ],
    });
  });

  it("stores each night of a room once", () => {
    const { inputs } = resource(run, "aws:dynamodb/table:Table", "booking-nights");
    expect(inputs).to.include({ hashKey: "roomType", rangeKey: "night" });
  });
});
