import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics } from "../../../../harness/cloud/topics.ts";

const arnOf = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;
const invalid = (what: string) => ({
  code: "InvalidParameter",
  message: `Invalid parameter: ${what}`,
});

describe("creating a topic", () => {
  it("gives it an ARN in the cloud's region and account", () => {
    const { topics } = makeTopics();
    expect(topics.create("orders").arn).to.equal(arnOf("orders"));
    expect(topics.create("orders.fifo", { FifoTopic: "true" }).fifo).to.equal(true);
    expect(topics.list().map(({ arn }) => arn)).to.deep.equal([
      arnOf("orders"),
      arnOf("orders.fifo"),
    ]);
  });

  it("takes names of 1 to 256 letters, digits, hyphens and underscores", () => {
    const { topics } = makeTopics();
    expect(topics.create("a".repeat(256)).name).to.have.length(256);
    for (const name of ["", "a".repeat(257), "a:b", "a b", "a%", "ä", "orders.fifo"]) {
      expect(awsErrorOf(() => topics.create(name))).to.deep.equal(invalid("Topic Name"));
    }
  });

  it("wants .fifo at the end of a FIFO topic's name", () => {
    const { topics } = makeTopics();
    for (const name of ["orders", "a.b.fifo", `${"a".repeat(252)}.fifo`]) {
      const error = awsErrorOf(() => topics.create(name, { FifoTopic: "true" }));
      expect(error).to.deep.equal(invalid("Topic Name"));
    }
  });

  it("gives the same topic again for the same attributes and tags, or fewer", () => {
    const { topics } = makeTopics();
    const attributes = { DisplayName: "Orders", SignatureVersion: "2" };
    const first = topics.create("orders", attributes, { team: "red" });
    expect(topics.create("orders", attributes, { team: "red" })).to.equal(first);
    expect(topics.create("orders", { SignatureVersion: "2" })).to.equal(first);
    expect(topics.create("orders")).to.equal(first);
    expect(topics.list()).to.have.length(1);
  });

  it("compares with what the topic has become since", () => {
    const { topics } = makeTopics();
    const { arn } = topics.create("orders");
    topics.setAttributes(arn, { DisplayName: "AlreadySet" });
    expect(topics.create("orders", { DisplayName: "AlreadySet" }).arn).to.equal(arn);
  });

  it("refuses other attributes or tags for a topic that is there", () => {
    const { topics } = makeTopics();
    topics.create("orders", { DisplayName: "Orders" }, { team: "red" });
    expect(awsErrorOf(() => topics.create("orders", { DisplayName: "Other" }))).to.deep.equal(
      invalid("Attributes Reason: Topic already exists with different attributes"),
    );
    expect(awsErrorOf(() => topics.create("orders", {}, { team: "blue" }))).to.deep.equal(
      invalid("Tags Reason: Topic already exists with different tags"),
    );
    expect(awsErrorOf(() => topics.create("orders", {}, { team: "red", more: "x" }))).to.deep.equal(
      invalid("Tags Reason: Topic already exists with different tags"),
    );
  });
});

describe("finding a topic", () => {
  it("tells a missing one from a text that is no ARN", () => {
    const { topics } = makeTopics();
    expect(awsErrorOf(() => topics.get(arnOf("orders")))).to.deep.equal({
      code: "NotFound",
      message: "Topic does not exist",
    });
    for (const [text, parts] of [
      ["orders", 1],
      ["", 1],
      ["arn:aws:sns:eu-west-1:000000000000", 5],
    ] as const) {
      expect(awsErrorOf(() => topics.get(text))).to.deep.equal(
        invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${parts}`),
      );
    }
  });

  it("refuses one of another region", () => {
    const { topics } = makeTopics();
    const elsewhere = "arn:aws:sns:us-east-1:000000000000:orders";
    expect(awsErrorOf(() => topics.get(elsewhere))).to.deep.equal(invalid("TopicArn"));
    expect(awsErrorOf(() => topics.delete(elsewhere))).to.deep.equal(invalid("TopicArn"));
  });
});

describe("deleting a topic", () => {
  it("takes its subscriptions along, and may be done twice", () => {
    const { topics } = makeTopics();
    const { arn } = topics.create("orders");
    topics.subscribe(arn, "sms", "+15550100");
    topics.delete(arn);
    topics.delete(arn);
    expect(topics.find(arn)).to.equal(undefined);
    expect(topics.subscriptions()).to.deep.equal([]);
    topics.create("orders");
    expect(topics.subscriptions(arn)).to.deep.equal([]);
  });

  it("lets a topic of that name be made anew with other tags", () => {
    const { topics } = makeTopics();
    const { arn } = topics.create("orders", {}, { team: "red" });
    topics.delete(arn);
    expect(topics.create("orders", {}, { team: "blue" }).tags).to.deep.equal({ team: "blue" });
  });
});

describe("a topic's tags", () => {
  it("are added, replaced and taken away", () => {
    const { topics } = makeTopics();
    const { arn } = topics.create("orders", {}, { k1: "v1", k2: "v2" });
    topics.untag(arn, ["k1", "unknown"]);
    topics.tag(arn, { k2: "v2b", k3: "v3" });
    expect(topics.get(arn).tags).to.deep.equal({ k2: "v2b", k3: "v3" });
  });

  it("are 50 at most", () => {
    const { topics } = makeTopics();
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
    const { arn } = topics.create("orders", {}, tags(50));
    expect(awsErrorOf(() => topics.tag(arn, { more: "x" })).code).to.equal("TagLimitExceeded");
    expect(awsErrorOf(() => topics.create("other", {}, tags(51))).code).to.equal(
      "TagLimitExceeded",
    );
  });
});
