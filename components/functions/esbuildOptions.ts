import type { BuildOptions } from "esbuild";
import { awsSdkModules } from "./awsSdkModules.ts";

/**
 * Bundles a handler into one ES module that behaves as the sources do in Node. It is minified, because
 * comments in esbuild's readable output contain paths of this machine; names of functions and classes are
 * kept.
 */
export const esbuildOptions = {
  bundle: true,
  write: false,
  minify: true,
  keepNames: true,
  format: "esm",
  platform: "node",
  target: "node24",
  // Without esbuild's own condition "module", which Node does not have: `require` of such a package would
  // return a namespace object instead of its exports.
  conditions: [],
  legalComments: "none",
  outExtension: { ".js": ".mjs" },
  metafile: true,
  logLevel: "silent",
  plugins: [awsSdkModules],
  // CommonJS files use these names, which do not exist in ES modules.
  define: { __filename: "__fanoutFilename", __dirname: "__fanoutDirname" },
  banner: {
    js: [
      'import{createRequire as __fanoutRequire}from"node:module";',
      "const require=__fanoutRequire(import.meta.url),",
      "__fanoutFilename=import.meta.filename,__fanoutDirname=import.meta.dirname;",
    ].join(""),
  },
} satisfies BuildOptions;
