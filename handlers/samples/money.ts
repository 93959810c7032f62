/**
 * Whole cents of an amount such as 19.99, or undefined when it has parts of a cent. Sums are made of
 * cents: 0.1 + 0.2 is not 0.3 in floating point.
 */
export function cents(amount: number): number | undefined {
  const rounded = Math.round(amount * 100);
  return Math.abs(amount * 100 - rounded) < 1e-6 ? rounded : undefined;
}

/** The amount that some cents are: 1999 is 19.99. */
export function amount(cents: number): number {
  return cents / 100;
}

/** For people: always two decimals. */
export function formatAmount(cents: number): string {
  return amount(cents).toFixed(2);
}
