/** Loads a module of Node itself; undefined where this Node has none of that name. */
type LoadBuiltin = (name: string) => unknown;

/** @throws Error on a Node without what the local cloud stores its data in */
export function requireSupportedNode(
  load: LoadBuiltin | undefined = process.getBuiltinModule,
): void {
  if (hasIterate(load("node:sqlite"))) return;
  throw new Error(
    `a test cloud needs Node 22.13 or later, which has node:sqlite (this is ${process.versions.node}): run the tests with a later Node`,
  );
}

/** The last part of `node:sqlite` that the local cloud uses came with the version that needs no flag. */
function hasIterate(sqlite: unknown): boolean {
  return (
    typeof sqlite === "object" &&
    sqlite !== null &&
    "StatementSync" in sqlite &&
    typeof sqlite.StatementSync === "function" &&
    "iterate" in sqlite.StatementSync.prototype
  );
}
