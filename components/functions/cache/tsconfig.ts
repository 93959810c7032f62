import { readdirSync } from "node:fs";
import path from "node:path";
import { type FileFacts, untraceable } from "./fileFacts.ts";

/**
 * Facts about a file that may be a TypeScript configuration: what it holds, what the files hold that it
 * extends, and the names of all files to which its `paths` and `baseUrl` may map an import.
 *
 * https://esbuild.github.io/content-types/#tsconfig-json
 *
 * @param file full path, also of a file that does not exist
 */
export function configFacts(facts: FileFacts, file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = facts.text(file);
  const extended = text === undefined ? [] : extendedFiles(text, path.dirname(file));
  return [
    facts.content(file),
    ...(text === undefined ? [] : mappedNames(facts, text, path.dirname(file))),
    ...(extended?.flatMap((each) => configFacts(facts, each, seen)) ?? [untraceable()]),
  ];
}

/** Every file that `extends` may mean. Undefined where the text is not plain enough to say. */
function extendedFiles(text: string, folder: string): string[] | undefined {
  const values = [...text.matchAll(/"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/g)];
  if (values.length !== text.split('"extends"').length - 1) return undefined;
  const names = values.flatMap(([, value = ""]) =>
    [...value.matchAll(/"([^"]*)"/g)].map(([, name = ""]) => name),
  );
  return names.flatMap((name) => candidates(name, folder));
}

function candidates(name: string, folder: string): string[] {
  const places = /^\.{0,2}\//.test(name)
    ? [path.resolve(folder, name)]
    : ancestors(folder).map((each) => path.join(each, "node_modules", name));
  return places.flatMap((place) => [
    place,
    `${place}.json`,
    path.join(place, "tsconfig.json"),
    path.join(place, "package.json"),
  ]);
}

/** An import that is mapped may be looked for anywhere below the configuration. */
function mappedNames(facts: FileFacts, text: string, folder: string): string[] {
  if (!/"(paths|baseUrl)"/.test(text)) return [];
  if (/"(\.\.|\/|[A-Za-z]:)/.test(text)) return [untraceable()];
  return foldersBelow(folder).map((each) => facts.names(each));
}

/** The folder and those inside it, however deep; without packages and hidden folders. */
function foldersBelow(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => name !== "node_modules" && !name.startsWith("."))
    .sort();
  return [folder, ...inner.flatMap((name) => foldersBelow(path.join(folder, name)))];
}

/** The folder, and those around it up to the root. */
export function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
