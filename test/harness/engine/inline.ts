import * as pulumi from "@pulumi/pulumi";
import { type Host, type RunResult, runStack } from "../../../local/engine/engine.ts";
import { inlineProgram } from "../../../local/engine/program/inlineProgram.ts";

export type UpOptions = {
  readonly preview?: boolean;
  readonly stack?: string;
  readonly project?: string;
  /** By full key. */
  readonly config?: Readonly<Record<string, string>>;
};

/** Runs a program in this process: `pulumi up`, or `pulumi preview`. */
export function up(
  host: Host,
  program: () => unknown,
  { preview = false, stack = "dev", project = "shop", config = {} }: UpOptions = {},
): Promise<RunResult> {
  return runStack({
    target: { organization: "organization", project, stack },
    config: { values: config, secretKeys: [] },
    workingDirectory: process.cwd(),
    host,
    preview,
    program: inlineProgram(program),
  });
}

export type Args = Readonly<Record<string, unknown>>;

/** A resource of a type that the fake provider makes, with its outputs. */
export class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly derived: pulumi.Output<unknown>;

  constructor(name: string, args: Args = {}, options: pulumi.CustomResourceOptions = {}) {
    super("aws:test/thing:Thing", name, { arn: undefined, derived: undefined, ...args }, options);
  }

  static get(name: string, id: string, options: pulumi.CustomResourceOptions = {}): Thing {
    return new Thing(name, {}, { ...options, id });
  }
}

export class Group extends pulumi.ComponentResource {
  constructor(name: string, args: Args = {}, options: pulumi.ComponentResourceOptions = {}) {
    super("shop:index:Group", name, args, options);
  }
}

export class Aws extends pulumi.ProviderResource {
  constructor(name: string, args: Args = {}, options: pulumi.ResourceOptions = {}) {
    super("aws", name, args, options);
  }
}

export function urnOf(name: string, type = "aws:test/thing:Thing"): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}
