import { expect } from "chai";
import { Permissions } from "../../../../local/services/iam/permissions.ts";
import { parsePolicy } from "../../../../local/services/iam/policy.ts";

describe("reading a policy", () => {
  const allow = { Effect: "Allow", Action: "sqs:*", Resource: "*" };
  const refused: [string, unknown, string][] = [
    ["text that is not JSON", "{", "is not JSON"],
    ["an unknown field", { Statement: { ...allow, Conditions: {} } }, 'unknown field "Conditions"'],
    [
      "an effect that is none",
      { Statement: { ...allow, Effect: "allow" } },
      "Effect must be Allow or Deny",
    ],
    [
      "a statement without action",
      { Statement: { Effect: "Allow", Resource: "*" } },
      "Action is missing",
    ],
    ["both ways at once", { Statement: { ...allow, NotAction: "x" } }, "exclude each other"],
    [
      "federated principals",
      { Statement: { ...allow, Principal: { Federated: "x" } } },
      "not supported",
    ],
    [
      "policy variables",
      { Statement: { ...allow, Resource: "arn:aws:s3:::b/$" + "{aws:username}" } },
      "variables",
    ],
  ];
  for (const [what, document, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => parsePolicy("p", document)).to.throw(message);
    });
  }

  it("takes single values for lists", () => {
    const { statements } = parsePolicy("p", JSON.stringify({ Statement: allow }));
    expect(statements).to.deep.equal([
      {
        sid: "statement 1",
        effect: "Allow",
        action: { not: false, patterns: ["sqs:*"] },
        resource: { not: false, patterns: ["*"] },
        conditions: [],
      },
    ]);
  });
});

describe("the permissions of the cloud", () => {
  const role = "arn:aws:iam::000000000000:role/worker";
  const queue = "arn:aws:sqs:eu-west-1:000000000000:q";
  const request = {
    principal: { kind: "role", arn: role },
    action: "sqs:SendMessage",
    resource: queue,
    context: {},
  } as const;

  it("know a role and the owner by their access keys, and no one else by one that AWS issues", () => {
    const permissions = new Permissions(() => undefined);
    permissions.addRole(role);
    const { accessKeyId, ...secrets } = permissions.credentials(role);
    expect(permissions.accessKeys.find(accessKeyId)).to.deep.equal({
      principal: { kind: "role", arn: role },
      ...secrets,
    });
    for (const key of ["local", "test"]) {
      expect(permissions.accessKeys.find(key)).to.deep.equal({
        principal: { kind: "account", account: "000000000000" },
        secretAccessKey: key,
      });
    }
    expect(permissions.accessKeys.find("dummy")).to.deep.equal({
      principal: { kind: "account", account: "000000000000" },
      secretAccessKey: undefined,
    });
    expect(permissions.accessKeys.find("AKIAIOSFODNN7EXAMPLE")).to.equal(undefined);
  });

  it("deny what a policy that cannot be read would decide, and say so", () => {
    const permissions = new Permissions(() => "{");
    expect(permissions.authorize(request)).to.deep.equal({
      allowed: false,
      reason: `the policy of ${queue} is not JSON`,
    });
  });

  it("count a changed policy at once", () => {
    let effect = "Allow";
    const permissions = new Permissions(() =>
      JSON.stringify({
        Statement: { Effect: effect, Principal: { AWS: role }, Action: "sqs:*", Resource: queue },
      }),
    );
    expect(permissions.authorize(request).allowed).to.equal(true);
    effect = "Deny";
    expect(permissions.authorize(request).allowed).to.equal(false);
  });

  it("ask for the policy that speaks for an object", () => {
    const permissions = new Permissions((arn) =>
      arn === "arn:aws:s3:::b/a/b"
        ? JSON.stringify({
            Statement: {
              Effect: "Allow",
              Principal: { AWS: role },
              Action: "s3:GetObject",
              Resource: "arn:aws:s3:::b/*",
            },
          })
        : undefined,
    );
    const read = { ...request, action: "s3:GetObject", resource: "arn:aws:s3:::b/a/b" };
    expect(permissions.authorize(read).allowed).to.equal(true);
  });

  it("allow everything when they are not enforced", () => {
    expect(new Permissions(() => undefined, false).authorize(request).allowed).to.equal(true);
  });
});
