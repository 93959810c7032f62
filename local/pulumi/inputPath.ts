/** The path of a property inside another one: `environment.variables`, `tags["a b"]`. */
export function joined(path: string, name: string): string {
  const plain = /^[\w$-]+$/.test(name) ? `.${name}` : `["${name}"]`;
  return path === "" ? plain.replace(/^\./, "") : `${path}${plain}`;
}

/** The input that a path leads into. */
export function inputOf(path: string): string {
  return path.replace(/[.[].*$/s, "");
}

/** Whether a path is the other one or leads into it. */
export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
