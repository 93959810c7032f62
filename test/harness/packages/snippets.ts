/** The snippets of a page in a language, which make one module or file, in their order. */
export function snippetsOf(markdown: string, language = "ts"): string {
  return snippetListOf(markdown, language).join("\n");
}

/** The snippets of a page in a language, one by one. */
export function snippetListOf(markdown: string, language = "ts"): string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms");
  return [...markdown.matchAll(fences)].map(([, text = ""]) => text);
}
