import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { ignoredSettings } from "./ignoredSettings.ts";
import { asSection, type Section } from "./section.ts";

/** A program in any language, as its `Pulumi.yaml` describes it. */
export type AnyProject = {
  readonly name: string;
  /** The folder of `Pulumi.yaml`. */
  readonly root: string;
  /** The working directory of the program: that of `main`. */
  readonly directory: string;
  /** What is run, seen from the working directory: a file, or `.` for what package.json names. */
  readonly entryPoint: string;
  /** The settings that it declares, by key; a key without a colon is the project's own. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where the stacks' files are. */
  readonly stackDirectory: string;
  /** Of the project's file, and of the stacks': `.yaml`. */
  readonly extension: string;
  /** What of the file has no effect in a local run, in words for the user. */
  readonly ignored: readonly string[];
};

/** A program for Node. */
export type Project = AnyProject & { readonly runtime: NodeOptions };

/** `runtime.options` of a Node program. */
type NodeOptions = {
  /** Whether the SDK loads ts-node. @default true */
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  /** Arguments of node, in one text. */
  readonly nodeargs: string | undefined;
};

const fileNames = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * Reads the project of this folder, or of the next one above it that has one, as the CLI does.
 *
 * https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 *
 * @throws Error when there is none, or when its program is not one for Node
 */
export function readProject(directory = process.cwd()): Project {
  const file = findProjectFile(path.resolve(directory));
  if (file === undefined) {
    throw new Error(`no Pulumi.yaml project file found in ${directory} or the folders above it`);
  }
  return { ...readProjectFile(file), runtime: runtimeOf(file, readSection(file).runtime) };
}

/** The project of a program that is a function. */
export function inlineProject(name: string, directory = process.cwd()): Project {
  const root = path.resolve(directory);
  const runtime = { typescript: false, tsconfig: undefined, nodeargs: undefined };
  return {
    name,
    root,
    directory: root,
    entryPoint: ".",
    config: {},
    stackDirectory: root,
    extension: ".yaml",
    ignored: [],
    runtime,
  };
}

/**
 * Reads the project of this folder, or of the next one above it that has one; undefined when there is none.
 *
 * @throws Error when its file cannot be read
 */
export function findProject(directory: string): AnyProject | undefined {
  const file = findProjectFile(path.resolve(directory));
  return file === undefined ? undefined : readProjectFile(file);
}

function readProjectFile(file: string): AnyProject {
  const content = readSection(file);
  if (typeof content.name !== "string" || content.name === "") {
    throw new Error(`${file}: project is missing a 'name' attribute`);
  }
  const root = path.dirname(file);
  return {
    name: content.name,
    root,
    ...entryOf(root, content.main),
    config: asSection(content.config),
    ignored: ignoredSettings(content),
    stackDirectory: path.resolve(root, textOf(content.stackConfigDir) ?? "."),
    extension: path.extname(file),
  };
}

function findProjectFile(directory: string): string | undefined {
  const file = fileNames.map((name) => path.join(directory, name)).find(existsSync);
  const parent = path.dirname(directory);
  return file ?? (parent === directory ? undefined : findProjectFile(parent));
}

/** @throws Error with the file's name, when it cannot be read */
export function readSection(file: string): Section {
  try {
    return asSection(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} cannot be read: ${reason}`, { cause });
  }
}

function entryOf(root: string, main: unknown): Pick<AnyProject, "directory" | "entryPoint"> {
  const given = textOf(main);
  if (given === undefined) return { directory: root, entryPoint: "." };
  const target = path.resolve(root, given);
  if (!existsSync(target)) {
    throw new Error(`project 'main' could not be read: there is no file or folder ${target}`);
  }
  return statSync(target).isDirectory()
    ? { directory: target, entryPoint: "." }
    : { directory: path.dirname(target), entryPoint: path.basename(target) };
}

function runtimeOf(file: string, runtime: unknown): NodeOptions {
  const name = textOf(runtime) ?? textOf(asSection(runtime).name);
  if (name !== "nodejs") {
    throw new Error(
      `${file}: the local run executes programs whose runtime is nodejs (given ${name ?? "none"}); for others, use the Pulumi CLI: fanout pulumi up`,
    );
  }
  const { typescript, tsconfig, nodeargs } = asSection(asSection(runtime).options);
  return {
    typescript: typescript === undefined || typescript === true || typescript === "true",
    tsconfig: textOf(tsconfig),
    nodeargs: textOf(nodeargs),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
