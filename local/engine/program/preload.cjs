/*
 * Loaded into a program's process before everything else, to make the bookkeeping of Pulumi's SDK cheap: it
 * formats a stack trace for each promise that it makes (runtime/debuggable), and one without any limit for
 * each resource (Resource.callsites), and sends the engine several lines of debug log for each: most of the
 * time of a large program. It also loads npm's dependency resolver and TypeScript, which only functions in the program's
 * text need: most of the time of a small one. Errors of the program keep their stack traces. Plain CommonJS, because
 * any version of Node may run it.
 */
"use strict";

const Module = require("node:module");

/** By the end of a file's path: what is done to its exports once it is loaded. */
const patches = {
  "@pulumi/pulumi/runtime/debuggable.js": withoutStackTraces,
  "@pulumi/pulumi/resource.js": withoutSourcePositions,
  "@pulumi/pulumi/log/index.js": withoutDebugLog,
};

const load = Module._extensions[".js"];

Module._extensions[".js"] = function loadAndPatch(module, filename) {
  load(module, filename);
  const path = filename.replaceAll("\\", "/");
  for (const [end, patch] of Object.entries(patches)) {
    if (path.endsWith(end)) patch(module.exports);
  }
};

/** What the SDK needs to turn a function into the code of a Lambda function (`aws.lambda.CallbackFunction`). */
const rarelyNeeded = [/^@npmcli\/arborist$/, /\/typescript-shim(\.js)?$/];
const sdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;

const loadNow = Module._load;

Module._load = function loadWhenNeeded(request, parent, ...rest) {
  const load = () => loadNow.call(this, request, parent, ...rest);
  const isRare =
    rarelyNeeded.some((name) => name.test(request)) && sdk.test(parent?.filename ?? "");
  return isRare ? loadedOnUse(load) : load();
};

/** Stands for the exports of a module that is loaded when one of them is used. */
function loadedOnUse(load) {
  let loaded;
  const exportsOf = () => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      // So that the SDK does not copy all exports at once.
      get: (_, name) => (name === "__esModule" ? true : exportsOf()[name]),
      has: (_, name) => name in exportsOf(),
    },
  );
}

/** Stack traces of promises are only printed when leaks are looked for. */
function withoutStackTraces(exports) {
  if (exports.debugPromiseLeaks) return;
  const { debuggablePromise } = exports;
  exports.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** The local run does not keep where in the program a resource was registered. */
function withoutSourcePositions({ Resource }) {
  if (typeof Resource?.callsites === "function") Resource.callsites = () => [];
}

/** Nobody can read it. */
function withoutDebugLog(exports) {
  exports.debug = () => Promise.resolve();
}
