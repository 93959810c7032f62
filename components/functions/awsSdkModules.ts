import { existsSync } from "node:fs";
import type { OnResolveResult, Plugin, PluginBuild } from "esbuild";

/**
 * Resolves the AWS SDK to its ES modules, which have the same code as its CommonJS files. Node resolves it
 * to CommonJS, which esbuild cannot tree-shake: bundles would be 40 % larger. All other packages are resolved
 * as in Node.
 *
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/webpack.html
 */
export const awsSdkModules: Plugin = {
  name: "aws-sdk-modules",
  setup(build) {
    const known = new Map<string, Promise<OnResolveResult>>();
    build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, (args) => {
      if (args.pluginData === asNode) return undefined;
      const key = `${args.resolveDir}\0${args.kind}\0${args.path}`;
      const resolved = known.get(key) ?? toModule(build, args);
      known.set(key, resolved);
      return resolved;
    });
  },
};

/** Marks a resolution by esbuild's own rules. */
const asNode = Symbol("as Node");

type Arguments = Parameters<Parameters<PluginBuild["onResolve"]>[1]>[0];

async function toModule(build: PluginBuild, args: Arguments): Promise<OnResolveResult> {
  const { importer, resolveDir, kind } = args;
  const found = await build.resolve(args.path, { importer, resolveDir, kind, pluginData: asNode });
  // esbuild reports the failure itself, with its position.
  if (found.errors.length > 0) return {};
  if (found.external) return { path: found.path, external: true };
  const module = found.path.replace(/([\\/])dist-cjs([\\/])/, "$1dist-es$2");
  return { path: existsSync(module) ? module : found.path, sideEffects: found.sideEffects };
}
