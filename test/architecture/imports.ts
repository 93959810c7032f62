import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type Import = { readonly file: string; readonly imported: string };

/** A file, or every TypeScript file below a folder, relative to the repository. */
export function filesOf(part: string): string[] {
  if (part.endsWith(".ts")) return [part];
  return readdirSync(part, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(part, file));
}

/** The imports and re-exports of files of this repository, types included. */
export function importsOf(part: string): Import[] {
  return filesOf(part).flatMap((file) =>
    specifiersOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => ({ file, imported: path.join(path.dirname(file), specifier) })),
  );
}

export function packagesOf(part: string): string[] {
  return filesOf(part).flatMap((file) =>
    specifiersOf(file).filter((specifier) => !specifier.startsWith(".")),
  );
}

function specifiersOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    ([, specifier = ""]) => specifier,
  );
}

/** The first import cycle found, as the files in order; empty when there is none. */
export function cycleIn(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const done = new Set<string>();

  function search(file: string, path: readonly string[]): string[] {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { imported } of targets.get(file) ?? []) {
      const cycle = search(imported, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  }

  for (const file of targets.keys()) {
    const cycle = search(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
