import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { violation } from "../../protocol/constraint.ts";
import type { Clock } from "../../time/clock.ts";
import { type CodeFiles, type CodeSummary, summarize } from "./code.ts";
import type { LayerContents } from "./definition.ts";

/** A published version of a layer, which never changes. */
export type LayerVersion = LayerContents & {
  readonly name: string;
  /** From 1. */
  readonly version: number;
  /** The ARN without the version. */
  readonly layerArn: string;
  readonly code: CodeSummary;
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};

/** What a version is published from. */
export type NewLayerVersion = {
  readonly name: string;
  readonly files: CodeFiles;
  /** From 1. */
  readonly version: number;
};

/** Lambda's layers: files that functions share. They are published again in each run of the program. */
export class Layers {
  readonly #region: string;
  readonly #clock: Clock;
  readonly #versions = new Map<string, LayerVersion>();
  /** The last number of each name; a number is not used again. */
  readonly #last = new Map<string, number>();

  constructor({ region, clock }: { readonly region: string; readonly clock: Clock }) {
    this.#region = region;
    this.#clock = clock;
  }

  /** @throws AwsError for what PublishLayerVersion would refuse */
  publish({ name, files, version }: NewLayerVersion): LayerVersion {
    validateName(name);
    const layerArn = this.#layerArn(name);
    const arn = `${layerArn}:${version}`;
    const created = this.#clock.now();
    const published = { arn, name, version, layerArn, files, code: summarize(files), created };
    this.#versions.set(arn, published);
    this.#last.set(name, Math.max(version, this.#last.get(name) ?? 0));
    return published;
  }

  find(arn: string): LayerVersion | undefined {
    return this.#versions.get(arn);
  }

  /** @throws AwsError for a layer that is not here */
  get(arn: string): LayerVersion {
    const found = this.find(arn);
    if (found !== undefined) return found;
    throw new AwsError(
      "InvalidParameterValueException",
      `Layer version ${arn} does not exist. The local cloud has only the layers that programs publish to it: publish this one with a LayerVersion, or leave it out where the program runs locally.`,
    );
  }

  /** Functions that have the version keep it. */
  delete(arn: string): void {
    this.#versions.delete(arn);
  }

  /** The ARN of the version that is to be published next. */
  nextArn(name: string): string {
    return `${this.#layerArn(name)}:${(this.#last.get(name) ?? 0) + 1}`;
  }

  #layerArn(name: string): string {
    return formatArn("lambda", this.#region, `layer:${name}`);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
function validateName(name: string): void {
  if (/^[\w-]{1,140}$/.test(name)) return;
  throw violation("layerName", name, "satisfy regular expression pattern: [a-zA-Z0-9-_]+");
}
