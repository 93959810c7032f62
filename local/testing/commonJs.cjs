const { pathToFileURL } = require("node:url");
const vm = require("node:vm");

/**
 * The library for tests, for CommonJS. jest runs the modules of a test in a context of their own, which has no
 * `import()`; the local run is loaded outside of it, and the program keeps the test's copy of Pulumi.
 */
exports.startTestCloud = async function startTestCloud(options) {
  const { href } = pathToFileURL(require.resolve("./index.js"));
  const library = await (isInOwnContext() ? importOutside(href) : import(href));
  return library.startTestCloud(options, require);
};

function isInOwnContext() {
  return vm.runInThisContext("globalThis") !== globalThis;
}

/** Imports a module in Node's own context. */
function importOutside(href) {
  const importing = new vm.Script("(href) => import(href)", {
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return importing.runInThisContext()(href);
}
