import { expect } from "chai";
import { policyLimits, policyText, sidParts } from "../../components/policyDocument.ts";
import { accountSubscribes } from "../../components/topic/topicPolicy.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news";

describe("names as parts of Sids", () => {
  it("are their letters and digits, with each word capitalized", () => {
    expect(sidParts(["images--2024_raw", "a"])).to.deep.equal(["Images2024Raw", "A"]);
  });

  it("have eight digits of a hash where they would be the same", () => {
    expect(sidParts(["img-1", "img1", "img-2"])).to.deep.equal([
      "Img1c2a64047",
      "Img1d7bdd545",
      "Img2",
    ]);
  });
});

describe("the text of a policy", () => {
  const kinds = ["topic", "queue", "key", "role"] as const;
  for (const kind of kinds) {
    it(`of a ${kind} may be as large as AWS accepts, and not larger`, () => {
      const most = policyLimits[kind];
      // The letter is of two bytes.
      const padding = `é${"a".repeat(most - Buffer.byteLength('{"text":"é"}'))}`;
      expect(policyText(kind, "news", { text: padding })).to.equal(`{"text":"${padding}"}`);
      expect(() => policyText(kind, "news", { text: `${padding}a` })).to.throw(
        `the policy of the ${kind} "news" has ${most + 1} bytes; AWS allows ${most}: name fewer sources, publishers or permissions`,
      );
    });
  }
});

describe("the statement for the account of the consumers", () => {
  it("is for another account than the topic's only", () => {
    expect(accountSubscribes(topicArn, undefined)).to.deep.equal([]);
    expect(accountSubscribes(topicArn, "123456789012")).to.deep.equal([]);
    expect(accountSubscribes(topicArn, "999999999999")).to.deep.equal([
      {
        Sid: "ConsumersSubscribe",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: "sns:Subscribe",
        Resource: topicArn,
      },
    ]);
  });
});
