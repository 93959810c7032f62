import { expect } from "chai";
import { lambdaFunction } from "../../../../local/services/lambda/lambdaFunction.ts";
import { Qualifiers } from "../../../../local/services/lambda/qualifiers.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";

const arn = "arn:aws:lambda:eu-west-1:000000000000:function:mail";

function mail(code: string, memoryMb = 128) {
  const definition = {
    ...{ name: "mail", handler: "index.handler", runtime: "nodejs24.x", memoryMb },
    files: { "index.mjs": code },
    roleArn: "arn:aws:iam::000000000000:role/mail",
  };
  return lambdaFunction(arn, definition, { codeDirectory: `/${code}` }, 0);
}

describe("the versions of a function", () => {
  it("have a number for each change, and none for a publication without one", () => {
    const qualifiers = new Qualifiers();
    expect(qualifiers.publish(mail("a"))).to.equal("1");
    expect(qualifiers.publish(mail("a"))).to.equal("1");
    expect(qualifiers.publish(mail("b"))).to.equal("2");
    expect(qualifiers.publish(mail("b", 256))).to.equal("3");
  });

  it("stay as they were published", () => {
    const qualifiers = new Qualifiers();
    qualifiers.publish(mail("a"));
    const found = qualifiers.find(mail("b"), "1");
    expect(found?.version.codeDirectory).to.equal("/a");
    expect(found?.arn).to.equal(`${arn}:1`);
  });
});

describe("the alias of a function", () => {
  it("shares invocations between versions by their weights", () => {
    const qualifiers = new Qualifiers();
    qualifiers.publish(mail("a"));
    qualifiers.publish(mail("b"));
    const alias = { name: "live", version: "2", weights: { "1": 0.3 } };
    expect(qualifiers.setAlias(arn, alias)).to.equal(`${arn}:live`);
    const run = Array.from({ length: 10 }, () => qualifiers.next(mail("b"), "live"));
    const earlier = run.filter((each) => each?.version.codeDirectory === "/a");
    expect(earlier).to.have.lengthOf(3);
  });

  it("runs its own version for one that the cloud does not have", () => {
    const qualifiers = new Qualifiers();
    qualifiers.publish(mail("a"));
    qualifiers.setAlias(arn, { name: "live", version: "1", weights: { "7": 0.9 } });
    expect(qualifiers.next(mail("a"), "live")?.version.codeDirectory).to.equal("/a");
  });

  it("keeps its policy when it gets another version", () => {
    const qualifiers = new Qualifiers();
    qualifiers.publish(mail("a"));
    qualifiers.setAlias(arn, { name: "live", version: "1" });
    const statement = {
      Sid: "S",
      Effect: "Allow",
      Principal: "*",
      Action: "a",
      Resource: arn,
    } as const;
    qualifiers.change(arn, "live", { statements: [statement], asynchronous: {} });
    qualifiers.publish(mail("b"));
    qualifiers.setAlias(arn, { name: "live", version: "2" });
    expect(qualifiers.find(mail("b"), "live")?.statements).to.deep.equal([statement]);
  });

  it("is rejected for a version that does not exist", () => {
    const qualifiers = new Qualifiers();
    const failure = awsErrorOf(() => qualifiers.setAlias(arn, { name: "live", version: "1" }));
    expect(failure.code).to.equal("ResourceNotFoundException");
  });
});
