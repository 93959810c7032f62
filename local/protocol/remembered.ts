/**
 * Remembers what a function without effects returns, for texts that come again and again. When there are too many
 * it forgets them all.
 *
 * @param most texts that are remembered
 */
export function remembered<T>(most: number, of: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.value;
    const value = of(text);
    if (known.size >= most) known.clear();
    known.set(text, { value });
    return value;
  };
}
