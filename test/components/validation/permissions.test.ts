import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const entry = "handlers/a.ts";

describe("the permissions of a handler", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };
  const of = (...permissions: object[]) =>
    consumerProblems({ handler: { entry, permissions } }).map((line) =>
      line.replace('consumer "a": ', ""),
    );

  const right: [string, object[]][] = [
    ["a statement without a Sid", [statement]],
    [
      "two statements with an empty Sid",
      [
        { ...statement, Sid: "" },
        { ...statement, Sid: "" },
      ],
    ],
    ["a Sid that is not known", [{ ...statement, Sid: pulumi.output("a b") }]],
    ["all actions but some", [{ Effect: "Allow", NotAction: "s3:*", Resource: "arn:aws:s3:::a" }]],
    [
      "all resources but some",
      [{ Effect: "Allow", Action: "s3:Get*", NotResource: "arn:aws:s3:::a" }],
    ],
    ["some actions on every resource", [{ ...statement, Resource: "*" }]],
    [
      "some actions with a star in them on every resource",
      [{ ...statement, Action: ["s3:Get*", "xs3:*y"], Resource: "*" }],
    ],
    ["all actions on some resources", [{ ...statement, Action: "s3:*" }]],
    [
      "all actions under a condition",
      [
        {
          ...statement,
          Action: "*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      ],
    ],
    ["actions that are not known", [{ ...statement, Action: pulumi.output("*"), Resource: "*" }]],
  ];
  for (const [what, permissions] of right) {
    it(`may have ${what}`, () => {
      expect(of(...permissions)).to.deep.equal([]);
    });
  }

  it("may not have what allows everything", () => {
    const open = { ...statement, Action: ["s3:*", "s3:GetObject", "*"], Resource: ["x", "*"] };
    expect(of(statement, open)).to.deep.equal([
      "error: handler.permissions.1 allows s3:*, * on every resource; name the actions and the resources",
    ]);
  });

  it("may not have a Sid twice, or the component's own", () => {
    const sids = ["Read", "WriteLogs", "Read"].map((Sid) => ({ ...statement, Sid }));
    expect(of(...sids)).to.deep.equal([
      'error: handler.permissions.1.Sid "WriteLogs" is the component\'s own; rename it',
      'error: handler.permissions.2.Sid "Read" is used twice; rename one',
    ]);
  });
});
