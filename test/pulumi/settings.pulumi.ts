import { Aws, Thing } from "../harness/engine/inline.ts";
import { expectSameOfBoth } from "../harness/pulumi/engines/bothEngines.ts";

describe("the settings of Pulumi itself under both engines", function () {
  this.timeout(900_000);

  const program = (key: number) => () => {
    new Thing("queue", { replaceKey: key });
  };

  for (const autonaming of [
    { mode: "default" },
    { mode: "verbatim" },
    { mode: "disabled" },
    { pattern: ["project", "stack", "name", "config.unit"].map(field).join("-") },
    { mode: "verbatim", providers: { aws: { pattern: `aws-${field("name")}`, enforce: true } } },
    {
      mode: "disabled",
      providers: {
        aws: { resources: { "aws:test/thing:Thing": { pattern: `${field("name")}-thing` } } },
      },
    },
  ]) {
    it(`pulumi:autonaming ${JSON.stringify(autonaming)}`, async () => {
      const config = { "pulumi:autonaming": autonaming, "shop:unit": "u1" };
      await expectSameOfBoth([
        [program(1), { config }],
        [program(1), { config }],
        [program(2), { config }],
      ]);
    });
  }

  it("pulumi:disable-default-providers", async () => {
    const config = { "pulumi:disable-default-providers": ["aws"] };
    await expectSameOfBoth([
      [program(1), { config }],
      [
        () => {
          new Thing("queue", {}, { provider: new Aws("mine") });
        },
        { config },
      ],
      [program(1), { config: { "pulumi:disable-default-providers": ["*"] } }],
      [program(1), { config: { "pulumi:disable-default-providers": ["gcp"] } }],
    ]);
  });

  it("the configuration of default providers", async () => {
    await expectSameOfBoth([
      [program(1), { config: { "aws:region": "eu-west-1", "aws:maxRetries": 3 } }],
      [program(1), { config: { "aws:region": "eu-west-1" } }],
      [program(1), { config: { "aws:region": "eu-west-2" } }],
      [program(1), { config: {} }],
    ]);
  });
});

/** A part of a pattern that Pulumi fills in. */
function field(name: string): string {
  return `$\{${name}}`;
}
