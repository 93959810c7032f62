import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { readSettings } from "../settings.ts";
import { stackSettings } from "./harness/programs/stackConfig.ts";

const systems = ["uploads", "orders"];

function read(config: Record<string, string>) {
  pulumi.runtime.setAllConfig(config);
  return readSettings(systems);
}

describe("settings", () => {
  it("have the defaults of Pulumi.yaml when nothing is set", () => {
    const declared: Record<string, { default: unknown }> = parse(
      readFileSync("Pulumi.yaml", "utf8"),
    ).config;
    const defaults = Object.fromEntries(
      Object.entries(declared).map(([name, declaration]) => [name, declaration.default]),
    );
    expect(read({})).to.deep.equal({ ...defaults, region: undefined });
  });

  it("of dev allow a destroy and start with stock", async () => {
    expect(read({ ...(await stackSettings("dev")) })).to.include({
      region: "eu-west-1",
      forceDestroy: true,
      protect: false,
      initialStock: 1000,
    });
  });

  it("of prod protect, keep logs longer, and start without stock", async () => {
    expect(read({ ...(await stackSettings("prod")) })).to.include({
      forceDestroy: false,
      protect: true,
      logRetentionDays: 90,
      initialStock: 0,
    });
  });

  const refused: [string, Record<string, string>, string][] = [
    [
      "a system that there is not",
      { "fanout:systems": '["uplods"]' },
      'fanout:systems.0 is not a system; available: uploads, orders; did you mean "uploads"? (given "uplods")',
    ],
    [
      "a system twice",
      { "fanout:systems": '["orders","orders"]' },
      'fanout:systems.1 is listed twice (given "orders")',
    ],
    [
      "no system",
      { "fanout:systems": "[]" },
      "fanout:systems is empty; name at least one system (given [])",
    ],
    [
      "a text for a list",
      { "fanout:systems": "orders" },
      'fanout:systems must be a list (given "orders")',
    ],
    [
      "a text for a number",
      { "fanout:maxConcurrency": "many" },
      'fanout:maxConcurrency must be a whole number from 2 to 1000 (given "many")',
    ],
    [
      "a number out of range",
      { "fanout:maxConcurrency": "1" },
      "fanout:maxConcurrency must be a whole number from 2 to 1000 (given 1)",
    ],
    [
      "a text for a truth",
      { "fanout:protect": "yes" },
      'fanout:protect must be true or false (given "yes")',
    ],
    [
      "an address that is none",
      { "fanout:sender": "shop" },
      'fanout:sender must be an e-mail address (given "shop")',
    ],
    [
      "a phone number that is none",
      { "fanout:alertPhone": "0171 1234567" },
      'fanout:alertPhone must be a phone number like +12025550123 (given "0171 1234567")',
    ],
    [
      "a setting that there is not",
      { "fanout:logRetention": "7" },
      'fanout:logRetention is not a setting; available: systems, logRetentionDays, maxConcurrency, protect, forceDestroy, sender, alertEmail, alertPhone, alarms, alarmEmail, dashboards, deliveryLogging, tracing, initialStock; did you mean "logRetentionDays"?',
    ],
  ];
  for (const [what, config, message] of refused) {
    it(`reject ${what}, by its path and without a stack trace`, () => {
      expect(() => read(config))
        .to.throw(message)
        .with.property("__pulumiRunError", true);
    });
  }

  it("report all problems at once", () => {
    expect(() => read({ "fanout:protect": "1", "fanout:sendr": "x" }))
      .to.throw()
      .with.property("message")
      .that.matches(/^fanout:sendr .*\nfanout:protect /);
  });

  it("ignore other namespaces", () => {
    expect(read({ "aws:region": "us-east-1", "other:systems": "x" })).to.include({
      region: "us-east-1",
    });
  });
});
