import { existsSync } from "node:fs";
import path from "node:path";
import { assertType, declaredType } from "./configTypes.ts";
import { type Decrypt, passphraseDecryption } from "./decryption.ts";
import { type Project, readSection } from "./project.ts";
import { asSection, type Section } from "./section.ts";
import { stackFile, stacksWithFile } from "./stackFiles.ts";

/** A stack's configuration as a program gets it. */
export type StackConfig = {
  /** By full key, `shop:sender`: texts as they are, everything else as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of the values that are secret. */
  readonly secretKeys: readonly string[];
};

/** The settings of a package, `aws`, without its name before them. */
export function packageSettings(
  values: StackConfig["values"],
  packageName: string,
): Record<string, string> {
  const prefix = `${packageName}:`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** A value as the stack's file or the project has it, secrets opened. */
type Entry = { readonly value: unknown; readonly isSecret: boolean };

/**
 * Reads what `Pulumi.<stack>.yaml` and the defaults of `Pulumi.yaml` say, as the CLI does: a stack's value
 * replaces the whole default.
 *
 * https://www.pulumi.com/docs/iac/concepts/config/
 *
 * @param environment where the passphrase of encrypted values is
 * @throws Error as the CLI: no such stack, values that are missing, encrypted or of a wrong type
 */
export async function readStackConfig(
  project: Project,
  stack: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<StackConfig> {
  const given = await readStackFile(project, stack, environment);
  const declared = Object.entries(project.config);
  const missing: string[] = [];
  const entries = new Map<string, Entry>();
  for (const [key, declaration] of declared.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const full = fullKey(project, key);
    const { value, default: otherwise } = asDeclaration(declaration);
    const fallback = value ?? otherwise;
    if (given.has(full)) continue;
    if (fallback !== undefined) entries.set(full, { value: fallback, isSecret: false });
    else if (full.startsWith(`${project.name}:`)) missing.push(key);
  }
  if (missing.length > 0) throw missingValues(stack, missing);
  for (const [key, entry] of given) entries.set(key, entry);
  for (const [key, declaration] of declared) {
    assertDeclared(stack, key, asDeclaration(declaration), entries.get(fullKey(project, key)));
  }
  return {
    values: Object.fromEntries([...entries].map(([key, { value }]) => [key, asText(value)])),
    secretKeys: [...entries].filter(([, { isSecret }]) => isSecret).map(([key]) => key),
  };
}

async function readStackFile(
  project: Project,
  stack: string,
  environment: NodeJS.ProcessEnv,
): Promise<Map<string, Entry>> {
  const file = existingFile(project, stack);
  if (file === undefined) return new Map();
  const content = readSection(file);
  if (content.environment !== undefined) {
    throw new Error(
      `${file}: environments of Pulumi ESC cannot be read by the local run; set their values in this file's config`,
    );
  }
  const config = Object.entries(asSection(content.config));
  const decrypt = config.some(([, value]) => holdsSecret(value))
    ? await decryption(file, content, environment)
    : undefined;
  return new Map(
    config.map(([key, value]) => [
      fullKey(project, key),
      { value: opened(value, decrypt), isSecret: holdsSecret(value) },
    ]),
  );
}

/** A stack needs no file as long as the project has none at all. */
function existingFile(project: Project, stack: string): string | undefined {
  const file = stackFile(project, stack);
  if (existsSync(file)) return file;
  const stacks = stacksWithFile(project);
  if (stacks.length === 0) return undefined;
  throw new Error(
    `there is no stack "${stack}" in ${project.root} (no ${path.basename(file)}); available stacks: ${stacks.join(", ")}`,
  );
}

function decryption(
  file: string,
  { encryptionsalt, secretsprovider }: Section,
  environment: NodeJS.ProcessEnv,
): Promise<Decrypt> {
  if (typeof encryptionsalt === "string") return passphraseDecryption(encryptionsalt, environment);
  const by = typeof secretsprovider === "string" ? secretsprovider : "Pulumi Cloud";
  throw new Error(
    `${file} holds values that are encrypted by ${by}; the local run opens those of a passphrase only: put plain values for local runs into a stack file of their own`,
  );
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecure(value) || Object.values(value).some(holdsSecret);
}

function isSecure(value: object): value is { readonly secure: string } {
  return "secure" in value && typeof value.secure === "string" && Object.keys(value).length === 1;
}

function opened(value: unknown, decrypt: Decrypt | undefined): unknown {
  if (typeof value !== "object" || value === null || decrypt === undefined) return value;
  if (isSecure(value)) return decrypt(value.secure);
  if (Array.isArray(value)) return value.map((each) => opened(each, decrypt));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, opened(each, decrypt)]),
  );
}

/** A declaration is a mapping, or the default itself. */
function asDeclaration(declaration: unknown): Section {
  const isMapping =
    typeof declaration === "object" && declaration !== null && !Array.isArray(declaration);
  return isMapping ? asSection(declaration) : { default: declaration };
}

function missingValues(stack: string, keys: readonly string[]): Error {
  const quoted = keys.map((key) => `'${key}'`);
  const last = quoted.pop();
  const listed = quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
  return new Error(
    `Stack '${stack}' is missing configuration value${quoted.length === 0 ? "" : "s"} ${listed}`,
  );
}

function assertDeclared(
  stack: string,
  key: string,
  declaration: Section,
  entry: Entry | undefined,
): void {
  const type = declaredType(declaration);
  if (entry === undefined || type === undefined) return;
  if (declaration.secret === true && !entry.isSecret) {
    throw new Error(
      `Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`,
    );
  }
  assertType(stack, key, type, entry.value);
}

function fullKey({ name }: Project, key: string): string {
  return key.includes(":") ? key : `${name}:${key}`;
}

function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
}
