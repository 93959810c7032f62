/** Names of the packages that a compiled file or a declaration imports, Node's own modules left out. */
export function importedPackages(source: string): string[] {
  const imports = source.matchAll(/(?:\bfrom |\brequire\(|\bimport\(|^import )"([^"]+)"/gm);
  return [...imports]
    .map(([, specifier = ""]) => specifier)
    .filter((specifier) => /^[@\w][^:]*$/.test(specifier))
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
}
