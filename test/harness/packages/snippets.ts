/** The TypeScript of a page: its snippets make one module, in their order. */
export function snippetsOf(markdown: string): string {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text).join("\n");
}
