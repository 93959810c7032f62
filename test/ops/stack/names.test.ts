import { expect } from "chai";
import { Clients } from "../../../ops/stack/clients.ts";
import { findQueue } from "../../../ops/stack/queues.ts";
import { Stack, type System } from "../../../ops/stack/stack.ts";

const arn = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;
const url = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;

function system(name: string, topic: string, consumers: readonly [string, string][]): System {
  return {
    name,
    topicArn: arn(topic),
    consumers: consumers.map(([consumer, queue]) => ({
      name: `${name}/${consumer}`,
      queueUrl: url(queue),
      deadLetterQueueUrl: url(queue.replace(/-[0-9a-f]{7}$/, "-dlq-9f9f9f9")),
      subscriptionArn: undefined,
    })),
  };
}

function stackOf(...systems: System[]): Stack {
  return new Stack({ systems, clients: new Clients({ region: "eu-west-1" }) });
}

/** As a local run describes what Pulumi's CLI deployed: with the names that Pulumi made unique. */
const deployed = stackOf(
  system("orders-1a2b3c4", "orders-1a2b3c4", [
    ["orders-billing-5d6e7f8", "orders-billing-5d6e7f8"],
    ["mail-0a0b0c0", "mail-0a0b0c0"],
  ]),
  system("events-7777777.fifo", "events-7777777.fifo", []),
);

describe("the names in commands", () => {
  it("are those of the program, also where Pulumi made them unique on AWS", () => {
    for (const name of ["orders", "orders-1a2b3c4", arn("orders-1a2b3c4")]) {
      expect(deployed.system(name).name, name).to.equal("orders-1a2b3c4");
    }
    expect(deployed.system("events").name).to.equal("events-7777777.fifo");
    for (const name of [
      "orders/billing",
      "orders/orders-billing",
      "orders-1a2b3c4/orders-billing-5d6e7f8",
      "orders-1a2b3c4/billing",
      "orders-billing",
      "orders-billing-5d6e7f8",
      url("orders-billing-5d6e7f8"),
    ]) {
      expect(deployed.consumer(name).name, name).to.equal("orders-1a2b3c4/orders-billing-5d6e7f8");
    }
    expect(deployed.consumer("orders/mail").name).to.equal("orders-1a2b3c4/mail-0a0b0c0");
  });

  it("find a dead-letter queue by its consumer, its own name and its URL", async () => {
    for (const name of [
      "orders/billing/dlq",
      "orders-billing-dlq",
      "orders-billing-dlq-9f9f9f9",
      url("orders-billing-dlq-9f9f9f9"),
    ]) {
      const { name: found, url: foundUrl } = await findQueue(deployed, name);
      expect([found, foundUrl], name).to.deep.equal([
        "orders-1a2b3c4/orders-billing-5d6e7f8/dlq",
        url("orders-billing-dlq-9f9f9f9"),
      ]);
    }
  });

  it("are refused when they may mean several things, with the names to choose from", () => {
    const two = stackOf(system("a-1111111", "a-1111111", []), system("a-2222222", "a-2222222", []));
    expect(() => two.system("a")).to.throw(
      '"a" may be any of a-1111111, a-2222222; give one of these names',
    );
    expect(two.system("a-2222222").name).to.equal("a-2222222");
  });

  const known = stackOf(
    system("orders-billing", "orders-billing", [["main", "main"]]),
    system("orders-mailing", "orders-mailing", []),
    system("uploads", "uploads", []),
  );
  const wrong: readonly (readonly [string, string])[] = [
    ["orders/billing", 'there is no system "orders/billing"; did you mean "orders-billing"?'],
    ["Orders_Billing", 'there is no system "Orders_Billing"; did you mean "orders-billing"?'],
    ["orders", 'there is no system "orders"; did you mean "orders-billing" or "orders-mailing"?'],
    ["uplods", 'there is no system "uplods"; did you mean "uploads"?'],
    ["pizza", 'there is no system "pizza"; available: orders-billing, orders-mailing, uploads'],
    ["orders-billing/main", "orders-billing/main is a consumer; name its system, orders-billing"],
  ];
  for (const [name, message] of wrong) {
    it(`are suggested in place of ${name}`, () => {
      expect(() => known.system(name)).to.throw(message);
    });
  }

  it("are suggested for consumers, and where both are meant, in the same way", () => {
    expect(() => known.consumer("orders-billing/mian")).to.throw(
      'there is no consumer "orders-billing/mian"; did you mean "orders-billing/main"?',
    );
    expect(() => known.consumer("uploads")).to.throw("uploads is a system; its consumers are ");
    expect(() => known.systemOrConsumer("orders.billing")).to.throw(
      'there is no system or consumer "orders.billing"; did you mean "orders-billing"?',
    );
    expect(known.systemOrConsumer("main").consumers[0]?.name).to.equal("orders-billing/main");
  });

  it("are listed up to a dozen, where none is near", () => {
    const many = stackOf(
      ...Array.from({ length: 14 }, (_, index) => system(`topic-${index}`, `topic-${index}`, [])),
    );
    expect(() => many.system("zzz")).to.throw(/topic-11, and 2 more, which status lists$/);
    expect(() => stackOf().system("zzz")).to.throw('there is no system "zzz"; there are none');
  });
});
