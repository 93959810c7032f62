import { expect } from "chai";
import type { MessageAttribute } from "../../../../../aws/messageAttributes.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeQueues, message } from "../../../../harness/cloud/queues.ts";

const text: MessageAttribute = { dataType: "String", stringValue: "value" };

describe("message attributes", () => {
  const accepted: Record<string, MessageAttribute> = {
    "attr.1øßä": text,
    "with-hyphen_and.period": text,
    ["L".repeat(256)]: text,
    "my.aws.id": text,
    "long-type": { dataType: `String.${"L".repeat(249)}`, stringValue: "value" },
    labelled: { dataType: "Number.bigint", stringValue: "1234567890123456789012" },
    negative: { dataType: "Number", stringValue: "-1.5e3" },
    bytes: { dataType: "Binary.jpg", binaryValue: "AAEC" },
  };
  for (const [name, attribute] of Object.entries(accepted)) {
    it(`takes ${name.slice(0, 24)} of type ${attribute.dataType}, and gives it back`, () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work");
      queues.send(arn, message("x", { attributes: { [name]: attribute } }));
      const [received] = queues.receiveNow(arn, { maxMessages: 1 });
      expect(received?.attributes).to.deep.equal({ [name]: attribute });
      expect(received?.md5OfAttributes).to.match(/^[\da-f]{32}$/);
    });
  }

  const refused: [string, MessageAttribute, string][] = [
    ["", text, "The request must contain non-empty message (user) attribute names."],
    ["L".repeat(257), text, "Message (user) attribute name must be shorter than 256 bytes."],
    ["aWs.x", text, "You can't use message attribute names beginning with 'AWS.' or 'Amazon'."],
    ["AMAZON.x", text, "You can't use message attribute names beginning with 'AWS.' or 'Amazon'."],
    [".x", text, "must not begin with character '.'"],
    ["x.", text, "must not end with character '.'"],
    ["x..y", text, "must not have successive '.' characters"],
    ["x!", text, "Message (user) attribute name 'x!' is invalid."],
    ["x y", text, "Message (user) attribute name 'x y' is invalid."],
    [
      "n",
      { dataType: "", stringValue: "1" },
      "The message (user) attribute 'n' must contain a non-empty message attribute type.",
    ],
    [
      "n",
      { dataType: "Invalid", stringValue: "1" },
      "The type of message (user) attribute 'n' is invalid. You must use only the following supported type prefixes: Binary, Number, String.",
    ],
    ...["StringPrefix", "BigNumber"].map((dataType): [string, MessageAttribute, string] => [
      "n",
      { dataType, stringValue: "1" },
      "The type of message (user) attribute 'n' is invalid.",
    ]),
    [
      "n",
      { dataType: "String.Array", stringValue: "" },
      "Message (user) attribute 'n' must contain a non-empty value of type 'String.Array'.",
    ],
    [
      "n",
      { dataType: `Number.${"L".repeat(256)}`, stringValue: "1" },
      "Message (user) attribute type must be shorter than 256 bytes.",
    ],
    [
      "ErrorDetails",
      { dataType: "String", stringValue: "" },
      "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    ],
    [
      "n",
      { dataType: "Number", stringValue: "world" },
      "Can't cast the value of message (user) attribute 'n' to a number.",
    ],
    [
      "n",
      { dataType: "Number.int", stringValue: "world" },
      "Can't cast the value of message (user) attribute 'n' to a number.",
    ],
    [
      "n",
      { dataType: "String", binaryValue: "AAEC" },
      "Message (user) attribute 'n' with type 'String' must use field 'String'.",
    ],
    [
      "n",
      { dataType: "Binary", stringValue: "x" },
      "Message (user) attribute 'n' with type 'Binary' must use field 'Binary'.",
    ],
    [
      "n",
      { dataType: "String", stringValue: "x", binaryValue: "AAEC" },
      "Message (user) attribute 'n' must have a single value.",
    ],
    [
      "n",
      { dataType: "String", stringValue: "Invalid-\u0008" },
      "Message (user) attribute 'n' contains invalid characters.",
    ],
  ];
  for (const [name, attribute, reason] of refused) {
    it(`refuses ${name.slice(0, 16)} ${JSON.stringify(attribute).slice(0, 60)}`, () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work");
      const send = () => queues.send(arn, message("x", { attributes: { [name]: attribute } }));
      const error = awsErrorOf(send);
      expect(error.code).to.equal("InvalidParameterValue");
      expect(error.message).to.contain(reason);
      expect(queues.counts(arn).visible).to.equal(0);
    });
  }

  it("takes ten, and refuses eleven", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const some = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text]));
    queues.send(arn, message("x", { attributes: some(10) }));
    expect(
      awsErrorOf(() => queues.send(arn, message("x", { attributes: some(11) }))),
    ).to.deep.equal({
      code: "InvalidParameterValue",
      message: "Number of message attributes [11] exceeds the allowed maximum [10].",
    });
  });
});
