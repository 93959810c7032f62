import path from "node:path";
import { pathToFileURL } from "node:url";
import { clientEnvironment } from "../../endpoint/clientEnvironment.ts";
import { binFolders, folderOf, pathFolders } from "../../engine/plugins/executables.ts";

export type PulumiEnvironment = {
  /** Of the local cloud: `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly region: string;
  readonly providerPort: number;
};

/** Not a secret: it protects nothing but the state of local stacks. */
const localPassphrase = "fanout";

/** Where the state of stacks lies, for users who name no backend. */
export function withLocalBackend(
  environment: NodeJS.ProcessEnv,
  stateDirectory: string,
): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG_PASSPHRASE: text, PULUMI_CONFIG_PASSPHRASE_FILE: file } = environment;
  return {
    ...environment,
    PULUMI_BACKEND_URL: pathToFileURL(stateDirectory).href,
    ...(text === undefined && !file && { PULUMI_CONFIG_PASSPHRASE: localPassphrase }),
  };
}

/**
 * The environment in which Pulumi's engine uses the provider of the local cloud in place of AWS's. The engine
 * attaches to a provider that it is told the port of: nothing has to be installed, and it does not warn as
 * it does about plugins on PATH.
 *
 * https://www.pulumi.com/docs/iac/guides/building-extending/debugging/debugging-packages/
 */
export function withLocalProvider(
  environment: NodeJS.ProcessEnv,
  { providerPort }: PulumiEnvironment,
): NodeJS.ProcessEnv {
  const others = (environment.PULUMI_DEBUG_PROVIDERS ?? "")
    .split(",")
    .filter((each) => each !== "" && !each.startsWith("aws:"));
  return {
    ...environment,
    PULUMI_DEBUG_PROVIDERS: [...others, `aws:${providerPort}`].join(","),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** For programs that call AWS themselves: they reach the local cloud, and no account of the user's. */
export function withLocalCredentials(
  { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...environment }: NodeJS.ProcessEnv,
  { url, region }: PulumiEnvironment,
): NodeJS.ProcessEnv {
  return {
    ...environment,
    ...clientEnvironment({ endpoint: url, region }),
  };
}

/**
 * Adds the provider of the components' package to the end of PATH, where Pulumi's engine looks for plugins that no
 * project names. The package is one of the project's, or one beside this one. The provider runs on this process's
 * Node if the first on PATH is too old.
 */
export function withComponents(
  environment: NodeJS.ProcessEnv,
  directory: string,
): NodeJS.ProcessEnv {
  const name = `pulumi-resource-fanout${process.platform === "win32" ? ".cmd" : ""}`;
  const folders = pathFolders(environment);
  const candidates = [...folders, ...binFolders(directory), ...binFolders(import.meta.dirname)];
  const found = folderOf(name, candidates);
  if (found === undefined) return environment;
  return {
    ...environment,
    PATH: [...new Set([...folders, found])].join(path.delimiter),
    FANOUT_NODE: process.execPath,
  };
}
