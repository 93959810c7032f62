#!/usr/bin/env -S node --max-semi-space-size=4
import module from "node:module";
import { findUsableNode, runUnder } from "./node.ts";

/*
 * `fanout COMMAND`. Everything else is loaded after the check of Node, because an old one cannot load it. A small
 * young generation of the heap costs a run no time and saves it memory.
 */
const usable = findUsableNode();
if (usable === undefined) {
  console.error(
    `fanout needs Node 22.13 or later, best 24 (this is ${process.versions.node}, ${process.execPath}): install it, or reinstall this package with its optional dependencies, which bring one`,
  );
  process.exitCode = 1;
} else if (usable === process.execPath) {
  // What is loaded from here on starts faster the next time.
  module.enableCompileCache();
  const { fanout } = await import("./fanout.ts");
  process.exit(await fanout(process.argv.slice(2)));
} else {
  runUnder(usable);
}
