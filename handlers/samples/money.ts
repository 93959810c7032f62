/**
 * Whole cents of an amount such as 19.99, or undefined if it has fractions of a cent. Add up cents, not
 * amounts: 0.1 + 0.2 is not 0.3 in floating point.
 */
export function cents(amount: number): number | undefined {
  const rounded = Math.round(amount * 100);
  return Math.abs(amount * 100 - rounded) < 1e-6 ? rounded : undefined;
}

/** The amount for a number of cents: 19.99 for 1999. */
export function amount(cents: number): number {
  return cents / 100;
}

/** Always with two decimals, for people. */
export function formatAmount(cents: number): string {
  return amount(cents).toFixed(2);
}
