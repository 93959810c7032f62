import module, {
  createRequire,
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
} from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMissing } from "./errors.ts";
import { hookOlderNode } from "./olderNode.ts";

/** Where modules lie that are not in the function's code. */
export type ModulePlaces = {
  /** Folders from which the AWS SDK is found, in their `node_modules` or one above. */
  readonly sdkFolders: readonly string[];
  /** What Lambda has at `/opt`; absent for a function without layers. */
  readonly layerFolder?: string | undefined;
};

type NextResolve = (specifier: string, context?: ResolveHookContext) => ResolveFnOutput;
type NextLoad = (url: string, context?: LoadHookContext) => LoadFnOutput;

/**
 * Makes available what Lambda has outside of a function's code: the AWS SDK that comes with the runtime, and
 * the modules of the function's layers.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 *
 * @param environment the function's own
 */
export function provideModules(places: ModulePlaces, environment: NodeJS.ProcessEnv): void {
  const layers = (environment.NODE_PATH ?? "").split(":").filter((folder) => folder !== "");
  const major = Number(/nodejs(\d+)/.exec(environment.AWS_EXECUTION_ENV ?? "")?.[1]);
  const foldersOf = (specifier: string) => [
    ...layers.map(dirname),
    ...(isSdkOf(major, specifier) ? places.sdkFolders : []),
  ];
  const advised = (error: unknown, specifier: string) => {
    const isSdk = isSdkOf(major, specifier);
    const isAdvised = isSdk || isSdkOf(16, specifier);
    return isAdvised && isMissing(error) ? withAdvice(error, specifier, isSdk) : error;
  };
  // Node has it from 22.15 on.
  const { registerHooks }: Partial<typeof module> = module;
  if (registerHooks === undefined) {
    const files = (specifier: string) => inLayers(specifier, places);
    const sdkFolders = places.sdkFolders.filter(() => major >= 18);
    hookOlderNode({ ...places, layers, sdkFolders, files, foldersOf, advised, useEndpoint });
    return;
  }
  let isNested = false;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = inLayers(specifier, places);
      if (isNested || isPath(resolved)) return next(resolved, context);
      isNested = true;
      try {
        return firstFound([undefined, ...foldersOf(resolved)], resolved, context, next);
      } catch (error) {
        throw advised(error, resolved);
      } finally {
        isNested = false;
      }
    },
    load: withSdk2Endpoint,
  });
}

/** `/opt` is not writable by everyone: what is below it on Lambda is taken from the layers' own folder. */
function inLayers(specifier: string, { layerFolder }: ModulePlaces): string {
  const path = specifier.replace(/^file:\/\//, "");
  if (layerFolder === undefined || !path.startsWith("/opt/")) return specifier;
  const file = join(layerFolder, path.slice("/opt".length));
  return specifier === path ? file : pathToFileURL(file).href;
}

function isPath(specifier: string): boolean {
  return /^[./]|^[a-z]+:/.test(specifier);
}

/** From Node.js 18 on the runtime has version 3 of the SDK, before it version 2. */
function isSdkOf(major: number, specifier: string): boolean {
  return major >= 18 ? /^@(aws-sdk|smithy)\//.test(specifier) : /^aws-sdk(\/|$)/.test(specifier);
}

/** @param folders where to look; undefined for where the importing module is */
function firstFound(
  [folder, ...others]: readonly (string | undefined)[],
  specifier: string,
  context: ResolveHookContext,
  next: NextResolve,
): ResolveFnOutput {
  try {
    return folder === undefined
      ? next(specifier, context)
      : resolveFrom(folder, specifier, context, next);
  } catch (error) {
    if (others.length === 0 || !isMissing(error)) throw error;
    try {
      return firstFound(others, specifier, context, next);
    } catch (later) {
      // The error of the first attempt names the importing module.
      throw isMissing(later) ? error : later;
    }
  }
}

function resolveFrom(
  folder: string,
  specifier: string,
  context: ResolveHookContext,
  next: NextResolve,
): ResolveFnOutput {
  const parent = join(folder, "index.js");
  // `require` resolves from its own module, whatever the context says.
  if (context.conditions.includes("require")) {
    return next(createRequire(parent).resolve(specifier), context);
  }
  return next(specifier, { ...context, parentURL: pathToFileURL(parent).href });
}

function withAdvice(error: Error, specifier: string, isSdk: boolean): Error {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  error.message += isSdk
    ? `\nLambda's runtime has this package. The local run takes it from the program's node_modules: npm install --save-dev ${name}`
    : "\nFrom Node.js 18 on, Lambda's runtimes have version 3 of the SDK only: use @aws-sdk/client-*, or pack aws-sdk with the function's code";
  return error;
}

/** Version 2 of the SDK does not read AWS_ENDPOINT_URL. */
function withSdk2Endpoint(url: string, context: LoadHookContext, next: NextLoad): LoadFnOutput {
  const loaded = next(url, context);
  if (!url.endsWith("/aws-sdk/lib/node_loader.js")) return loaded;
  return { ...loaded, source: `${loaded.source}\n${useEndpoint}` };
}

const useEndpoint =
  "AWS.config.update({ endpoint: process.env.AWS_ENDPOINT_URL, s3ForcePathStyle: true });\n";
