// Pulumi loads a pack by require(), through a TypeScript compiler that rejects imports of .ts files. A dynamic
// import bypasses it: Node strips the types.
require("../checkNode.cjs");
module.exports = import("./pack.ts");
