import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { newProject, runIn } from "./newProject.ts";

/** Packages that the handlers of this repository import. */
const ofHandlers = [
  "@aws-lambda-powertools/batch",
  "@aws-lambda-powertools/idempotency",
  "@aws-lambda-powertools/logger",
  "@aws-lambda-powertools/metrics",
  "@aws-sdk/client-dynamodb",
  "@aws-sdk/client-s3",
  "@aws-sdk/client-sesv2",
  "@aws-sdk/lib-dynamodb",
  "valibot",
];

const handlersAndTheirImports = ["handlers", "publisher", "aws"];

/**
 * The project of a program in another language: its files, the handlers of this repository, and the npm package
 * of the components as it is packed.
 */
export async function languageProject(files: Readonly<Record<string, string>>) {
  const manifest: Manifest = JSON.parse(readFileSync("packages/fanout/package.json", "utf8"));
  const { name, dependencies, peerDependencies } = manifest;
  const packages = [...ofHandlers, ...Object.keys({ ...dependencies, ...peerDependencies })];
  const project = newProject({ "package.json": '{ "type": "module" }', ...files }, [
    ...new Set(packages),
  ]);
  for (const folder of handlersAndTheirImports) {
    cpSync(folder, path.join(project.folder, folder), { recursive: true });
  }
  await unpack(project.folder, name);
  return project;
}

type Manifest = {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

/** Packs the components and unpacks them as npm installs them, with the link to their command. */
async function unpack(folder: string, name: string): Promise<void> {
  const pack = ["pack", path.resolve("packages/fanout"), "--json", "--silent"];
  const [{ filename }] = JSON.parse(await runIn(folder, "npm", ...pack));
  const installed = path.join("node_modules", name);
  const bin = path.join("node_modules", ".bin");
  for (const each of [installed, bin]) mkdirSync(path.join(folder, each), { recursive: true });
  await runIn(folder, "tar", "-xzf", filename, "-C", installed, "--strip-components", "1");
  const command = "pulumi-resource-fanout";
  await runIn(folder, "ln", "-s", path.join("..", name, "bin", command), path.join(bin, command));
}
