import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** A stack's configuration as Pulumi hands it to a program: full keys, and what is not a text as JSON. */
export type StackConfig = {
  readonly project: string;
  readonly stack: string;
  readonly values: Readonly<Record<string, string>>;
};

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml as the CLI would: the project's defaults, and over them the
 * stack's values, key by key.
 *
 * @throws Error when there is no such stack, naming those that there are, or when a value is encrypted:
 *   only the CLI can open it
 */
export function readStackConfig(stack: string, directory = process.cwd()): StackConfig {
  const project = readYaml(path.join(directory, "Pulumi.yaml"));
  const name = String(project.name);
  const file = path.join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) throw noSuchStack(stack, directory);
  const values = {
    ...defaults(name, section(project, "config")),
    ...given(name, section(readYaml(file), "config"), file),
  };
  return { project: name, stack, values };
}

function noSuchStack(stack: string, directory: string): Error {
  const stacks = readdirSync(directory)
    .map((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1])
    .filter((name) => name !== undefined);
  return new Error(
    `there is no stack "${stack}" (no Pulumi.${stack}.yaml); there is ${stacks.join(", ") || "none"}`,
  );
}

type Section = Readonly<Record<string, unknown>>;

function readYaml(file: string): Section {
  try {
    return asSection(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function defaults(project: string, declared: Section): Record<string, string> {
  return Object.fromEntries(
    Object.entries(declared)
      .map(([key, declaration]) => {
        const { default: otherwise, value } = asSection(declaration);
        return [fullKey(project, key), value ?? otherwise] as const;
      })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, asText(value)]),
  );
}

function given(project: string, config: Section, file: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if ("secure" in asSection(value)) {
        throw new Error(`${file}: ${key} is encrypted; only the Pulumi CLI can read it`);
      }
      return [fullKey(project, key), asText(value)];
    }),
  );
}

function fullKey(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function section(parent: Section, key: string): Section {
  return asSection(parent[key]);
}

function asSection(value: unknown): Section {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
