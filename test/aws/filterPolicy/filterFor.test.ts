import { expect } from "chai";
import * as v from "valibot";
import type { BodyFilterFor, FilterFor } from "../../../aws/filterPolicy/filterFor.ts";
import type { FilterPolicy } from "../../../aws/filterPolicy/filterPolicy.ts";
import { filterPolicyProblems } from "../../../aws/filterPolicy/validateFilterPolicy.ts";
import { messageType } from "../../../handlers/lib/messages/messageType.ts";

const order = messageType("order", {
  schema: v.object({
    status: v.picklist(["paid", "open"]),
    total: v.number(),
    gift: v.optional(v.boolean()),
    tags: v.array(v.string()),
    customer: v.object({ country: v.string() }),
    items: v.array(v.object({ quantity: v.number() })),
  }),
  attributes: ["status", "total", "gift", "tags"],
});
type Order = typeof order;

const attributes = {
  status: ["paid", { prefix: "o" }],
  total: [{ numeric: [">=", 100, "<", 200] }, 5],
  gift: ["true", { exists: false }],
  tags: ["new"],
} satisfies FilterFor<Order>;

const body = {
  customer: { country: [{ "anything-but": ["FR"] }] },
  items: { quantity: [{ numeric: [">", 1] }] },
  gift: [true],
} satisfies BodyFilterFor<Order>;

/** What the types must reject; the compiler checks it. */
const rejected = [
  // @ts-expect-error The status is never "lost".
  { status: ["lost"] } satisfies FilterFor<Order>,
  // @ts-expect-error There is no such attribute.
  { state: ["paid"] } satisfies FilterFor<Order>,
  // @ts-expect-error It is a field, but it is not published as an attribute.
  { customer: { country: ["FR"] } } satisfies FilterFor<Order>,
  // @ts-expect-error A number never starts with a text.
  { total: [{ prefix: "1" }] } satisfies FilterFor<Order>,
  // @ts-expect-error Attributes hold booleans as texts.
  { gift: [true] } satisfies FilterFor<Order>,
  // @ts-expect-error A customer has no such field.
  { customer: { city: ["Paris"] } } satisfies BodyFilterFor<Order>,
];

describe("filters for a type of messages", () => {
  it("have no values that a field never has", () => {
    expect(rejected).to.have.length(6);
  });

  it("are filter policies that SNS accepts", () => {
    const policies: readonly [FilterPolicy, "MessageAttributes" | "MessageBody"][] = [
      [attributes, "MessageAttributes"],
      [body, "MessageBody"],
    ];
    for (const [policy, scope] of policies) {
      expect(filterPolicyProblems(policy, scope)).to.deep.equal([]);
    }
  });
});
