import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Declarations } from "../../packages/fanout/schema/declarations.ts";
import { leftOut } from "../../packages/fanout/schema/differences.ts";
import { packageSchema } from "../../packages/fanout/schema/packageSchema.ts";
import { TypeSpecs } from "../../packages/fanout/schema/typeSpecs.ts";
import { thrownBy } from "../harness/assertions/failure.ts";

/** The type specs of a file with these declarations. */
function specsOf(source: string): TypeSpecs {
  const folder = mkdtempSync(path.join(tmpdir(), "fanout-schema-"));
  try {
    writeFileSync(path.join(folder, "types.ts"), source);
    return new TypeSpecs(new Declarations([folder]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the schema of the components' package", () => {
  const { resources, types } = packageSchema();
  const topic = resources["fanout:index:FanoutTopic"];
  const consumer = types["fanout:index:Consumer"];

  it("has a FanoutTopic and an UploadBucket, by the type tokens of the TypeScript components", () => {
    expect(Object.keys(resources)).to.deep.equal([
      "fanout:index:FanoutTopic",
      "fanout:index:UploadBucket",
    ]);
  });

  it("does not have the fields that are left out, each for a reason", () => {
    const names = Object.values(leftOut).flatMap((reasons) => Object.entries(reasons));
    expect(names.map(([name]) => name)).to.deep.equal(["transform", "account", "provider"]);
    for (const [name, reason] of names) {
      expect(reason, name).not.to.equal("");
      expect({ ...topic?.inputProperties, ...consumer?.properties }).not.to.have.property(name);
    }
  });

  it("takes plain values where they decide which resources exist, and Outputs elsewhere", () => {
    expect(topic?.inputProperties.consumers).to.deep.include({
      type: "array",
      items: { $ref: "#/types/fanout:index:Consumer", plain: true },
      plain: true,
    });
    expect(consumer?.properties.retentionSeconds).not.to.have.property("plain");
    expect(types["fanout:index:Handler"]?.properties.environment).to.deep.include({
      additionalProperties: { type: "string" },
      plain: true,
    });
  });

  it("takes the path of a handler or an object", () => {
    expect(consumer?.properties.handler?.oneOf).to.deep.equal([
      { type: "string", plain: true },
      { $ref: "#/types/fanout:index:Handler", plain: true },
    ]);
    expect(types["fanout:index:Handler"]).not.to.have.property("required");
  });

  it("has one type for the consumers of every kind, and says which kinds have a field", () => {
    expect(consumer?.required).to.deep.equal(["name"]);
    expect(consumer?.properties.kind?.description).to.equal(
      "One of queue, function, email, sms, https or firehose. Default: queue.",
    );
    expect(consumer?.properties.json?.description).to.equal(
      "Of kind email. Sends the whole notification as JSON instead of the message's body. Default: false.",
    );
  });

  it("refers to no other package, whose SDK every language would need", () => {
    const references = JSON.stringify(packageSchema()).matchAll(/"\$ref":"([^"]+)"/g);
    const outside = [...references].map(([, reference = ""]) => reference);
    expect(outside.filter((each) => !/^(#\/|pulumi\.json#\/Any$)/.test(each))).to.deep.equal([]);
  });
});

describe("the generator of the schema", () => {
  it("rejects a type that the schema does not have, and says what to do", () => {
    const specs = specsOf("export interface SizeArgs { limit: bigint; }");
    expect(thrownBy(() => specs.declared("SizeArgs")).message).to.equal(
      "Size.limit: Pulumi's schema has no type for bigint; add the type to substitutes, or the field to leftOut, in packages/fanout/schema/differences.ts",
    );
  });

  it("rejects a type of another package in the same way", () => {
    const specs = specsOf("export interface NetworkArgs { vpc?: aws.ec2.Vpc; }");
    expect(thrownBy(() => specs.declared("NetworkArgs")).message).to.match(
      /^Network\.vpc: Pulumi's schema has no type for aws\.ec2\.Vpc; add /,
    );
  });

  it("rejects a field that has another type in another kind", () => {
    const specs = specsOf(
      'export interface A { kind: "a"; size?: number }\nexport interface B { kind: "b"; size?: string }\nexport type ShapeSpec = A | B;',
    );
    expect(thrownBy(() => specs.declared("ShapeSpec")).message).to.equal(
      "Shape.size has several types: use another name for one of them",
    );
  });

  it("takes either of two object types that a field has in two kinds", () => {
    const specs = specsOf(
      'export interface Large { most: number }\nexport interface Small { least: number }\nexport interface A { kind: "a"; size?: Large }\nexport interface B { kind: "b"; size?: Small }\nexport type ShapeSpec = A | B;',
    );
    expect(specs.declared("ShapeSpec").properties.size).to.deep.equal({
      oneOf: ["Large", "Small"].map((name) => ({
        $ref: `#/types/fanout:index:${name}`,
        plain: true,
      })),
      plain: true,
    });
  });

  it("rejects a type that several files export", () => {
    const specs = specsOf(
      "export interface A { a: B }\nexport type B = number;\nexport type B = string;",
    );
    expect(thrownBy(() => specs.declared("A")).message).to.equal(
      "several files of the components export a type B",
    );
  });

  it("adds the values of a text to its description", () => {
    const specs = specsOf(
      'export interface A {\n  /** How it grows. @default "linear" */\n  growth?: "linear" | "geometric";\n}',
    );
    expect(specs.declared("A").properties.growth).to.deep.equal({
      type: "string",
      plain: true,
      description: 'How it grows. Default: "linear". One of "linear" or "geometric".',
    });
  });
});
