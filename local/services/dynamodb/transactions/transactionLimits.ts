import db, { type Item } from "dynalite/db/index.js";
import { validationError } from "../dynamoError.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maximumItems = 100;
const maximumBytes = 4 * 1024 * 1024;

/** @throws AwsError ValidationException */
export function checkCount(items: readonly unknown[]): void {
  if (items.length > 0 && items.length <= maximumItems) return;
  const limit =
    items.length === 0 ? "greater than or equal to 1" : `less than or equal to ${maximumItems}`;
  throw validationError(
    `1 validation error detected: Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length ${limit}`,
  );
}

/** @throws AwsError ValidationException */
export function checkSize(items: readonly Item[]): void {
  const size = items.reduce((sum, item) => sum + db.itemSize(item), 0);
  if (size <= maximumBytes) return;
  throw validationError(
    `Transaction cancelled: its items have ${size} bytes together, and may have ${maximumBytes}`,
  );
}

/** @throws AwsError ValidationException */
export function checkDistinct(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  throw validationError("Transaction request cannot include multiple operations on one item");
}
