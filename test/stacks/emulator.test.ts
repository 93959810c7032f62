import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { readSettings } from "../../settings.ts";
import { deploySystems, systemNames } from "../../systems/index.ts";
import { runProgram } from "../harness/programs/program.ts";
import { stackSettings } from "../harness/programs/stackConfig.ts";

const values = await stackSettings("emulator");

describe("the emulator's stack", () => {
  it("directs every call of every system to this machine", async () => {
    const config = { ...values, "fanout:systems": JSON.stringify(systemNames) };
    const run = await runProgram(() => deploySystems(readSettings(systemNames)), {
      stack: "emulator",
      preview: true,
      config,
    });
    const services = run.registrations.map(({ type }) => serviceOf(type));
    expect(Object.keys(endpoints())).to.include.members([...new Set(services)].filter(isText));
  });

  it("deploys its systems with settings that the program accepts", async () => {
    const run = await runProgram(() => deploySystems(readSettings(systemNames)), {
      stack: "emulator",
      preview: true,
      config: values,
    });
    expect(Object.keys(run.outputs)).to.deep.equal(["uploads", "orders"]);
  });

  it("names services as the AWS provider does, each at port 4566", () => {
    const known = endpointsOfProvider();
    expect(known).to.include("sqs");
    for (const [service, url] of Object.entries(endpoints())) {
      expect(known).to.include(service);
      expect(url, service).to.equal("http://127.0.0.1:4566");
    }
  });

  it("skips the metadata service, and uses test credentials", () => {
    for (const setting of ["skipCredentialsValidation", "skipMetadataApiCheck", "s3UsePathStyle"]) {
      expect(values[`aws:${setting}`], setting).to.equal("true");
    }
    expect([values["aws:accessKey"], values["aws:secretKey"]]).to.deep.equal(["test", "test"]);
  });
});

function endpoints(): Record<string, unknown> {
  const [given] = JSON.parse(values["aws:endpoints"] ?? "[]");
  return given;
}

/** `sns` of `aws:sns/topic:Topic`; CloudWatch has logs under its own name; nothing for what is not of AWS. */
function serviceOf(type: string): string | undefined {
  const [, module = ""] = /^aws:([a-z0-9]+)\//.exec(type) ?? [];
  if (type.startsWith("aws:cloudwatch/log")) return "logs";
  return { kinesis: "firehose" }[module] ?? (module || undefined);
}

/** Read from its types: it offers no list. */
function endpointsOfProvider(): string[] {
  const types = createRequire(import.meta.url).resolve("@pulumi/aws/types/input.d.ts");
  const [, fields = ""] =
    /export interface ProviderEndpoint \{([\s\S]*?)\n\}/.exec(readFileSync(types, "utf8")) ?? [];
  return [...fields.matchAll(/^ {4}(\w+)\?/gm)].map(([, name = ""]) => name);
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
