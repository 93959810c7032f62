export async function simulate(_argv: readonly string[]): Promise<number> { return 0; }
