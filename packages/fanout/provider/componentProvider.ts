import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  FanoutTopic,
  type FanoutTopicArgs,
  UploadBucket,
  type UploadBucketArgs,
} from "../../../components/index.ts";
import { bucketOutputs, topicOutputs } from "./outputs.ts";
import { type InputSchemas, plainArguments } from "./plainArguments.ts";
import { topicArguments } from "./topicArguments.ts";

type PackageSchema = {
  /** By type token. */
  readonly resources: Readonly<Record<string, { readonly inputProperties: InputSchemas }>>;
};

/**
 * Creates the components for programs in other languages, with the arguments and outputs of `schema.json`.
 *
 * https://www.pulumi.com/docs/iac/guides/building-extending/components/packaging-components/
 */
export class ComponentProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly schema: string;
  readonly #resources: PackageSchema["resources"];
  /** The buckets of this deployment by URN, which is how a source refers to its bucket. */
  readonly #buckets = new Map<string, UploadBucket>();

  /** @param folder of the npm package, with its manifest and `schema.json` */
  constructor(folder: string) {
    const { version }: { version: string } = readJson(path.join(folder, "package.json"));
    const schema: PackageSchema = readJson(path.join(folder, "schema.json"));
    this.version = version;
    this.schema = JSON.stringify({ ...schema, version });
    this.#resources = schema.resources;
  }

  /** @throws RunError if the arguments are invalid, before any resource is created; it lists every problem */
  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const component = type.slice(type.lastIndexOf(":") + 1);
    const schemas = this.#resources[type]?.inputProperties ?? {};
    const args = await plainArguments(`${component} "${name}"`, inputs, schemas);
    switch (type) {
      case "fanout:index:FanoutTopic":
        return this.#constructTopic(name, args, options);
      case "fanout:index:UploadBucket":
        return this.#constructBucket(name, args, options);
      default: {
        const known = Object.keys(this.#resources).join(" and ");
        throw new pulumi.RunError(`there is no component ${type}; this package has ${known}`);
      }
    }
  }

  #constructTopic(name: string, args: object, options: pulumi.ComponentResourceOptions) {
    const converted = topicArguments(name, args, { buckets: this.#buckets, options });
    // The component checks every field itself, as it does for programs in JavaScript.
    const topic = new FanoutTopic(name, converted as FanoutTopicArgs, options);
    return { urn: topic.urn, state: topicOutputs(topic) };
  }

  async #constructBucket(name: string, args: object, options: pulumi.ComponentResourceOptions) {
    const bucket = new UploadBucket(name, args as UploadBucketArgs, options);
    const urn = await urnOf(bucket);
    this.#buckets.set(urn, bucket);
    return { urn, state: bucketOutputs(bucket) };
  }
}

function urnOf({ urn }: pulumi.Resource): Promise<string> {
  return new Promise((resolve) => urn.apply(resolve));
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, "utf8"));
}
