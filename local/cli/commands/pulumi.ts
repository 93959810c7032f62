export async function pulumi(argv: readonly string[]): Promise<number> {
  throw new Error(`not yet ${argv}`);
}
