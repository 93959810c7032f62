/** What a handler's archive holds besides the code that esbuild finds. */
export interface BundleArgs {
  /**
   * Packages that are not bundled because a layer or the runtime has them: `["sharp"]` also stands for
   * `sharp/lib/index.js`. @default none
   */
  external?: string[];
  /**
   * Packages that are copied into the archive, with their dependencies, instead of being bundled: those with
   * native code or with files of their own. They have to be installed for Linux and the function's
   * `architecture`. @default none
   */
  packages?: string[];
  /**
   * Files, and folders with all their files, that are copied into the archive: paths relative to the program's
   * folder, where the archive has them too. A handler finds a file beside itself by `import.meta.dirname`.
   * @default none
   */
  files?: string[];
  /**
   * How imported files are loaded, by extension: `{ ".html": "text", ".wasm": "binary" }`.
   * https://esbuild.github.io/content-types/ @default esbuild's: .ts, .tsx, .js, .jsx, .json, .txt and the like
   */
  loaders?: Record<string, BundleLoader>;
}

/** Loaders whose result is part of the bundle. */
export type BundleLoader =
  | "base64"
  | "binary"
  | "dataurl"
  | "empty"
  | "js"
  | "json"
  | "jsx"
  | "text"
  | "ts"
  | "tsx";

export const bundleLoaders = [
  "base64",
  "binary",
  "dataurl",
  "empty",
  "js",
  "json",
  "jsx",
  "text",
  "ts",
  "tsx",
] as const satisfies readonly BundleLoader[];

/** Lambda's names of processors. */
export type Architecture = "arm64" | "x86_64";

/** BundleArgs with the defaults. */
export type BundleOptions = Required<BundleArgs> & { readonly architecture: Architecture };

export function bundleOptions(
  { external = [], packages = [], files = [], loaders = {} }: BundleArgs = {},
  architecture: Architecture = "arm64",
): BundleOptions {
  return { external, packages, files, loaders, architecture };
}
