// Pulumi loads a pack by require(), through a TypeScript compiler that takes no imports of .ts files. An
// import passes it by, and Node strips the types itself.
require("../checkNode.cjs");
module.exports = import("./pack.ts");
