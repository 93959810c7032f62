import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

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
 * @param environment its PATH and PULUMI_HOME count
 */
export function findPlugin(
  packageName: string,
  environment: NodeJS.ProcessEnv = process.env,
): PluginCommand | undefined {
  const file = `pulumi-resource-${packageName}${process.platform === "win32" ? ".exe" : ""}`;
  const folders = [...searchPath(environment), ...installed(packageName, environment)];
  const program = folders.map((folder) => path.join(folder, file)).find(existsSync);
  if (program !== undefined) return { program, parameters: [] };
  const own = ownPlugins[packageName];
  if (own === undefined) return undefined;
  const extension = path.extname(import.meta.filename);
  const script = fileURLToPath(new URL(`${own}${extension}`, import.meta.url));
  return { program: process.execPath, parameters: [script] };
}

function searchPath({ PATH = "" }: NodeJS.ProcessEnv): string[] {
  return PATH.split(path.delimiter).filter((folder) => folder !== "");
}

/** The folders of a package's installed versions, the newest first: `~/.pulumi/plugins/resource-awsx-v2.22.0`. */
function installed(packageName: string, { PULUMI_HOME }: NodeJS.ProcessEnv): string[] {
  const folder = path.join(PULUMI_HOME || path.join(homedir(), ".pulumi"), "plugins");
  if (!existsSync(folder)) return [];
  const prefix = `resource-${packageName}-v`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && /^\d/.test(name.slice(prefix.length)))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => path.join(folder, name));
}
