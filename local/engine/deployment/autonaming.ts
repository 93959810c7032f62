import { createHash } from "node:crypto";
import * as v from "valibot";
import { packageOf, parseUrn } from "../../pulumi/urn.ts";
import type { StackName } from "../state/stackOutputs.ts";
import type { Autonamer } from "./naming.ts";

const rule = {
  mode: v.optional(v.picklist(["default", "verbatim", "disabled"])),
  pattern: v.optional(v.string()),
  enforce: v.optional(v.boolean()),
};

const section = v.strictObject({
  ...rule,
  providers: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        ...rule,
        resources: v.optional(v.record(v.string(), v.strictObject(rule))),
      }),
    ),
    {},
  ),
});

type Rule = v.InferOutput<v.StrictObjectSchema<typeof rule, undefined>>;

/**
 * Names as the stack's setting `pulumi:autonaming` says.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 *
 * @param text the setting as JSON
 * @param config of the stack, by full key, for `${config.KEY}`
 * @throws Error that names what is wrong with the setting
 */
export function configuredNames(
  text: string,
  target: StackName,
  config: Readonly<Record<string, string>>,
): Autonamer {
  const { providers, ...root } = parse(text);
  const namerOf = (each: Rule, otherwise: Autonamer) =>
    ruleNamer(each, target, config) ?? otherwise;
  const namer = namerOf(root, byProvider);
  const namers = new Map<string, Autonamer>();
  for (const [name, { resources = {}, ...provider }] of Object.entries(providers)) {
    const ofProvider = namerOf(provider, namer);
    namers.set(name, ofProvider);
    for (const [type, each] of Object.entries(resources)) {
      const ofType = ruleNamer(each, target, config);
      if (ofType === undefined) {
        throw wrong(`mode or pattern must be specified for resource "${type}"`);
      }
      namers.set(type, ofType);
    }
  }
  return (urn, seed) => {
    const { type } = parseUrn(urn);
    return (namers.get(type) ?? namers.get(packageOf(type)) ?? namer)(urn, seed);
  };
}

function parse(text: string): v.InferOutput<typeof section> {
  const parsed = v.safeParse(section, JSON.parse(text));
  if (parsed.success) return parsed.output;
  throw wrong(parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("; "));
}

function ruleNamer(
  { mode, pattern, enforce }: Rule,
  target: StackName,
  config: Readonly<Record<string, string>>,
): Autonamer | undefined {
  if (mode !== undefined && (pattern !== undefined || enforce !== undefined)) {
    throw wrong("cannot specify both mode and pattern/enforce");
  }
  if (pattern === undefined && enforce !== undefined) {
    throw wrong("pattern must be specified when enforce is true");
  }
  if (pattern !== undefined) {
    return patternNamer(ofStack(pattern, target, config), enforce === true ? "enforce" : "propose");
  }
  return mode === undefined ? undefined : modes[mode];
}

const byProvider: Autonamer = () => ({ options: undefined, isFixed: false });

const modes: Readonly<Record<"default" | "verbatim" | "disabled", Autonamer>> = {
  default: byProvider,
  verbatim: (urn) => ({
    options: { mode: "enforce", proposedName: parseUrn(urn).name },
    isFixed: true,
  }),
  disabled: () => ({ options: { mode: "disable" }, isFixed: true }),
};

/** A pattern in which everything is filled in that is the same for all resources of the stack. */
function ofStack(
  pattern: string,
  { organization, project, stack }: StackName,
  config: Readonly<Record<string, string>>,
): string {
  const names: Readonly<Record<string, string>> = { organization, project, stack };
  return pattern
    .replace(/\$\{(organization|project|stack)\}/g, (_all, name: string) => names[name] ?? "")
    .replace(/\$\{config\.([^}]+)\}/g, (_all, key: string) => {
      const value = config[`${project}:${key}`];
      if (value === undefined) throw wrong(`no value found for key "${key}"`);
      return value;
    });
}

function patternNamer(pattern: string, mode: "enforce" | "propose"): Autonamer {
  const isFixed = !random.test(pattern);
  return (urn, seed) => {
    let count = 0;
    const proposedName = pattern
      .replace(/\$\{name\}/g, () => parseUrn(urn).name)
      .replace(new RegExp(random, "g"), (_all, kind: Kind | undefined, length: string) =>
        kind === undefined
          ? uuid(seed)
          : characters(alphabets[kind], Number(length), seed, count++),
      );
    return { options: { mode, proposedName }, isFixed };
  };
}

const random = /\$\{(?:(hex|alphanum|string|num)\((\d+)\)|uuid)\}/;

const alphabets = {
  hex: "0123456789abcdef",
  alphanum: "abcdefghijklmnopqrstuvwxyz0123456789",
  string: "abcdefghijklmnopqrstuvwxyz",
  num: "0123456789",
} as const;

type Kind = keyof typeof alphabets;

/** @param part tells apart several random parts of one name */
function characters(alphabet: string, length: number, seed: Uint8Array, part: number): string {
  return Array.from({ length }, (_, index) => {
    const digest = createHash("sha256").update(seed).update(`${part} ${index}`).digest();
    return alphabet[digest.readUInt32BE() % alphabet.length];
  }).join("");
}

function uuid(seed: Uint8Array): string {
  const hex = createHash("sha256").update(seed).update("uuid").digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

function wrong(reason: string): Error {
  return new Error(`pulumi:autonaming: ${reason}`);
}
