import { expect } from "chai";
import { configuredNames } from "../../../local/engine/deployment/autonaming.ts";
import { urnOf } from "../../harness/engine/inline.ts";

const target = { organization: "org", project: "shop", stack: "dev" };
const seed = Buffer.from("seed");

function proposal(setting: unknown, name = "queue", from = seed) {
  const config = { "shop:unit": "u1" };
  return configuredNames(JSON.stringify(setting), target, config)(urnOf(name), from);
}

/** A part of a pattern that is filled in. */
function field(text: string): string {
  return `$\{${text}}`;
}

describe("pulumi:autonaming", () => {
  it("fills in what is known of the stack and of the resource", () => {
    const pattern = ["organization", "project", "stack", "name", "config.unit"]
      .map(field)
      .join("-");
    expect(proposal({ pattern })).to.deep.equal({
      options: { mode: "propose", proposedName: "org-shop-dev-queue-u1" },
      isFixed: true,
    });
    expect(proposal({ pattern, enforce: true }).options).to.include({ mode: "enforce" });
  });

  it("makes random parts of the lengths that the pattern gives, the same for the same seed", () => {
    const parts = ["hex(5)", "alphanum(6)", "string(7)", "num(4)", "uuid"].map(field);
    const made = proposal({ pattern: parts.join("_") });
    expect(made.isFixed).to.equal(false);
    expect(JSON.stringify(made.options)).to.match(
      /"[0-9a-f]{5}_[0-9a-z]{6}_[a-z]{7}_\d{4}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/,
    );
    expect(proposal({ pattern: parts.join("_") })).to.deep.equal(made);
    const other = proposal({ pattern: parts.join("_") }, "queue", Buffer.from("other"));
    expect(other).not.to.deep.equal(made);
  });

  it("prefers the rule of a type to that of its provider, and that to the stack's", () => {
    const type = { "aws:test/thing:Thing": { mode: "disabled" } };
    expect(proposal({ mode: "verbatim" }).options).to.include({ proposedName: "queue" });
    expect(proposal({ mode: "verbatim", providers: { aws: { mode: "default" } } })).to.deep.equal({
      options: undefined,
      isFixed: false,
    });
    expect(
      proposal({ providers: { aws: { mode: "verbatim", resources: type } } }).options,
    ).to.include({ mode: "disable" });
  });

  for (const [setting, problem] of [
    [{ mode: "magic" }, /pulumi:autonaming: mode/],
    [{ mode: "verbatim", pattern: "a" }, /cannot specify both mode and pattern/],
    [{ enforce: true }, /pattern must be specified when enforce is true/],
    [{ patern: "a" }, /pulumi:autonaming: patern/],
    [{ pattern: field("config.none") }, /no value found for key "none"/],
    [
      { providers: { aws: { resources: { "a:b:C": {} } } } },
      /must be specified for resource "a:b:C"/,
    ],
  ] as const) {
    it(`rejects ${JSON.stringify(setting)}`, () => {
      expect(() => proposal(setting)).to.throw(problem);
    });
  }
});
