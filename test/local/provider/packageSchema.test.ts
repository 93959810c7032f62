import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect } from "chai";
import * as v from "valibot";
import { allResourceTypes } from "../../../local/provider/resourceTypes.ts";
import { lookupResults } from "../../../local/provider/server/lookupResults.ts";
import { packageSchema } from "../../../local/provider/server/packageSchema.ts";

const aws = path.dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

const schema = v.parse(
  v.object({
    resources: v.record(
      v.string(),
      v.object({
        properties: v.record(v.string(), v.looseObject({ type: v.optional(v.string()) })),
      }),
    ),
    functions: v.record(v.string(), v.looseObject({})),
  }),
  JSON.parse(packageSchema()),
);

/** What @pulumi/aws no longer declares, and version 6 of it does. */
const ofOlderSdks = new Set([
  "aws:apigateway/deployment:Deployment executionArn",
  "aws:apigateway/deployment:Deployment invokeUrl",
]);

describe("the schema of the provider", () => {
  it("has the outputs that AWS decides with the types that @pulumi/aws declares", () => {
    const computed = allResourceTypes.flatMap((type) =>
      type.tokens.flatMap((token) => type.computed.map((name) => ({ token, name }))),
    );
    expect(computed).to.have.length.above(100);
    for (const { token, name } of computed) {
      if (ofOlderSdks.has(`${token} ${name}`)) continue;
      const { type } = schema.resources[token]?.properties[name] ?? {};
      expect(type, `${token} ${name}`).to.equal(declared(token, name));
    }
  });

  it("has the results of lookups with the types that @pulumi/aws declares", () => {
    for (const [token, results] of Object.entries(lookupResults)) {
      for (const [name, spec] of Object.entries(results)) {
        const type = "type" in spec ? spec.type : undefined;
        expect(type, `${token} ${name}`).to.equal(declaredResult(token, name));
      }
    }
  });

  it("has the lookups that programs in YAML name", () => {
    expect(schema.functions).to.include.all.keys(
      "aws:index/getRegion:getRegion",
      "aws:iam/getPolicyDocument:getPolicyDocument",
    );
  });
});

function declaredResult(token: string, name: string): string {
  const [, module = ""] = token.split(":");
  const text = readFileSync(path.join(aws, `${module.replace(/^index\//, "")}.d.ts`), "utf8");
  const [, results = ""] = /export interface Get\w+Result \{(.*?)\n\}/s.exec(text) ?? [];
  const [, type = ""] = new RegExp(`readonly ${name}\\??: (.*)[;{]`).exec(results) ?? [];
  if (type === "") return new RegExp(`readonly ${name}\\??: \\{`).test(results) ? "object" : "none";
  return type.endsWith("[]") ? "array" : type;
}

function declared(token: string, name: string): string {
  const [, module = ""] = token.split(":");
  const file = path.join(aws, `${module.replace(/^index\//, "")}.d.ts`);
  const [ofClass = ""] = readFileSync(file, "utf8").split("constructor(");
  const [, type = ""] = new RegExp(`readonly ${name}: pulumi\\.Output<(.*)>;`).exec(ofClass) ?? [];
  const simple = type.replace(" | undefined", "");
  return simple.endsWith("[]") ? "array" : simple;
}
