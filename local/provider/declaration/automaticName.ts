import { createHash, randomBytes } from "node:crypto";
import { type CheckRequest, ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";

/** How Pulumi names a resource that the program leaves without a name. */
export type AutomaticName = {
  /** The input that holds the name. */
  readonly input: string;
  /** The longest name. */
  readonly maximum: number;
  /** @default - */
  readonly separator?: string;
  /** Whether the logical name is taken as it is. @default false, random characters follow it */
  readonly exact?: boolean;
  /** Applied to the logical name. */
  readonly transform?: (name: string) => string;
  /** What the service wants at the end: `.fifo` */
  readonly suffix?: (inputs: PropertyMap) => string;
  /** An input that makes AWS choose a name with this prefix, and Pulumi none. */
  readonly prefixInput?: string;
};

const randomLength = 7;

/**
 * The name of a resource that has none: the logical name and 7 random characters, or what the engine
 * proposes (`pulumi:autonaming`).
 *
 * @throws ProviderError when the name would be too long, or automatic names are switched off
 */
export function automaticName(
  rule: AutomaticName,
  { name, autonaming, randomSeed }: CheckRequest,
  inputs: PropertyMap,
): string {
  const { separator = "-", exact = false, transform = (text: string) => text } = rule;
  const suffix = rule.suffix?.(inputs) ?? "";
  switch (autonaming?.mode) {
    case "enforce":
      return autonaming.proposedName;
    case "disable":
      throw new ProviderError("automatic naming is disabled but no explicit name was provided");
    case "propose":
      return `${fitting(transform(autonaming.proposedName), rule, suffix)}${suffix}`;
    default: {
      const random = exact ? "" : `${separator}${randomText(randomSeed)}`;
      return `${fitting(`${transform(name)}${random}`, rule, suffix)}${suffix}`;
    }
  }
}

/** A name with a prefix that the program gives, as AWS's provider makes it. */
export function prefixedName(prefix: string, suffix: string, seed: Uint8Array | undefined): string {
  return `${prefix}${randomText(seed)}${suffix}`;
}

function fitting(name: string, { maximum }: AutomaticName, suffix: string): string {
  if (name.length + suffix.length <= maximum) return name;
  throw new ProviderError(
    `the automatic name "${name}${suffix}" is longer than ${maximum} characters: give the resource a shorter logical name, or a name`,
  );
}

function randomText(seed: Uint8Array | undefined): string {
  const bytes = seed === undefined || seed.length === 0 ? randomBytes(16) : seed;
  return createHash("sha256").update(bytes).digest("hex").slice(0, randomLength);
}
