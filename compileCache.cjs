// Pulumi.yaml loads this file before the program: Node keeps what it compiles and whose types it strips, which
// takes a quarter of the processor time of a preview. https://nodejs.org/api/module.html#module-compile-cache
const { enableCompileCache } = require("node:module");

enableCompileCache();
