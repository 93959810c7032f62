export async function operate(argv: readonly string[]): Promise<number> {
  throw new Error(`not yet ${argv}`);
}
