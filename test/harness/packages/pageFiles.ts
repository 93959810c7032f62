/** A file in a page: a block of code whose first line names its language, its path and, perhaps, a version. */
export type PageFile = {
  readonly name: string;
  /** The word after the path, such as "before"; empty without one. */
  readonly version: string;
  readonly text: string;
};

/** The files of a page in Markdown, in their order. Blocks in lists are indented. */
export function pageFiles(markdown: string): PageFile[] {
  const blocks = markdown.matchAll(/^( *)```\w+ (\S+)(?: (\w+))?\n(.*?)^\1```$/gms);
  return [...blocks].map(([, indent = "", name = "", version = "", text = ""]) => ({
    name,
    version,
    text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** The files of a project that a page describes: those without a version, and those of the given one. */
export function projectOfPage(markdown: string, version = ""): Record<string, string> {
  return Object.fromEntries(
    pageFiles(markdown)
      .filter((file) => file.version === "" || file.version === version)
      .map(({ name, text }) => [name, text]),
  );
}
