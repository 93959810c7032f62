import type { BuildOptions } from "esbuild";
import { awsSdkModules } from "./awsSdkModules.ts";

/**
 * How handlers are bundled: one ES module that Node runs as it would run the sources. Minified, because
 * esbuild's plain output names files by their place on this machine; names of functions and classes survive.
 */
export const esbuildOptions = {
  bundle: true,
  write: false,
  minify: true,
  keepNames: true,
  format: "esm",
  platform: "node",
  target: "node24",
  // Without esbuild's own condition "module", which Node does not know: `require` of such a package would
  // return an object of exports where Node returns what the package exports.
  conditions: [],
  legalComments: "none",
  outExtension: { ".js": ".mjs" },
  metafile: true,
  logLevel: "silent",
  plugins: [awsSdkModules],
  // CommonJS files expect these names, and ES modules do not have them.
  define: { __filename: "__fanoutFilename", __dirname: "__fanoutDirname" },
  banner: {
    js: [
      'import{createRequire as __fanoutRequire}from"node:module";',
      "const require=__fanoutRequire(import.meta.url),",
      "__fanoutFilename=import.meta.filename,__fanoutDirname=import.meta.dirname;",
    ].join(""),
  },
} satisfies BuildOptions;
