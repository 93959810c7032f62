import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { folderOf, pathFolders } from "./executables.ts";

/** What starts a plugin. */
export type PluginCommand = { readonly program: string; readonly parameters: readonly string[] };

/** Plugins that come with the local run, for machines that have no others. */
const ownPlugins: Readonly<Record<string, string>> = {
  "aws-apigateway": "../../plugins/apiGateway/main",
};

/**
 * Finds the plugin of a package where Pulumi's engine looks for it, and then among the local run's own.
 *
 * https://www.pulumi.com/docs/iac/concepts/plugins/
 *
 * @param version that one among the installed; the newest if empty. Whatever is on PATH goes before.
 * @param environment its PATH and PULUMI_HOME count
 */
export function findPlugin(
  packageName: string,
  version: string,
  environment: NodeJS.ProcessEnv = process.env,
): PluginCommand | undefined {
  const file = `pulumi-resource-${packageName}${process.platform === "win32" ? ".exe" : ""}`;
  const folders = [...pathFolders(environment), ...installed(packageName, version, environment)];
  const folder = folderOf(file, folders);
  if (folder !== undefined) return { program: path.join(folder, file), parameters: [] };
  const own = ownPlugins[packageName];
  if (own === undefined) return undefined;
  const extension = path.extname(import.meta.filename);
  const script = fileURLToPath(new URL(`${own}${extension}`, import.meta.url));
  return { program: process.execPath, parameters: [script] };
}

/** The folders of a package's installed versions, the newest first: `~/.pulumi/plugins/resource-awsx-v2.22.0`. */
function installed(
  packageName: string,
  version: string,
  { PULUMI_HOME }: NodeJS.ProcessEnv,
): string[] {
  const folder = path.join(PULUMI_HOME || path.join(homedir(), ".pulumi"), "plugins");
  if (!existsSync(folder)) return [];
  const prefix = `resource-${packageName}-v`;
  return readdirSync(folder)
    .filter((name) =>
      version === ""
        ? name.startsWith(prefix) && /^\d/.test(name.slice(prefix.length))
        : name === prefix + version,
    )
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => path.join(folder, name));
}
