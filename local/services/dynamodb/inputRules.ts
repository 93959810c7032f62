import { isObject } from "../../../aws/isObject.ts";
import { validationError } from "./dynamoError.ts";
import { listIn, member, recordIn } from "./inputShape.ts";
import type { OperationName } from "./operations.ts";

type Checked = Readonly<Record<string, unknown>>;

/**
 * Rules of DynamoDB that dynalite does not have.
 * @throws DynamoError ValidationException
 */
export function checkRules(operation: OperationName, checked: Checked): void {
  if (operation === "Scan") checkSegments(checked);
  if (operation === "Scan" || operation === "Query") checkSelect(operation, checked);
  for (const value of storedValues(checked)) checkDepth(value);
  checkTags(checked);
}

/**
 * Refuses keys that are documents, which dynalite cannot compare with other keys of the call.
 * @throws DynamoError ValidationException
 */
export function checkKeyKinds(operation: OperationName, checked: Checked): void {
  if (operation !== "BatchGetItem") return;
  const keys = Object.values(recordIn(checked, "RequestItems")).flatMap((one) =>
    listIn(one, "Keys"),
  );
  const values = keys.flatMap((key) => (isObject(key) ? Object.values(key) : []));
  if (values.some((value) => isObject(value) && ("M" in value || "L" in value))) {
    throw validationError("The provided key element does not match the schema");
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Tag.html */
function checkTags(checked: Checked): void {
  for (const [index, tag] of listIn(checked, "Tags").entries()) {
    const missing = ["Key", "Value"].find((name) => typeof member(tag, name) !== "string");
    if (missing === undefined) continue;
    throw validationError(
      `1 validation error detected: Value null at 'tags.${index + 1}.member.${missing.toLowerCase()}' failed to satisfy constraint: Member must not be null`,
    );
  }
}

const maximumSegments = 1_000_000;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
function checkSegments({ Segment: segment, TotalSegments: total }: Checked): void {
  if (Number(total) > maximumSegments) {
    throw validationError(
      `1 validation error detected: Value '${total}' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to ${maximumSegments}`,
    );
  }
  if (segment === undefined || total !== undefined) return;
  throw validationError(
    "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
  );
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#DDB-Query-request-Select */
function checkSelect(operation: "Scan" | "Query", checked: Checked): void {
  const { Select: select, IndexName: index } = checked;
  if (select === undefined) return;
  const projection = ["AttributesToGet", "ProjectionExpression"].find((name) => name in checked);
  if (select === "SPECIFIC_ATTRIBUTES" && projection === undefined) {
    throw validationError(
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  }
  if (select !== "SPECIFIC_ATTRIBUTES" && projection !== undefined) {
    const chosen = select === "COUNT" ? "only the Count" : select;
    throw validationError(`Cannot specify the ${projection} when choosing to get ${chosen}`);
  }
  if (select === "ALL_PROJECTED_ATTRIBUTES" && index === undefined) {
    const verb = operation === "Scan" ? "Scanning" : "Querying";
    throw validationError(
      `ALL_PROJECTED_ATTRIBUTES can be used only when ${verb} using an IndexName`,
    );
  }
}

/** Of a value and what lies in it: a text has one level, a list of texts two. */
const maximumLevels = 32;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
function checkDepth(value: unknown): void {
  // Level by level, so that no depth exhausts the stack.
  let level = [value];
  for (let levels = 1; levels <= maximumLevels; levels++) {
    level = level.flatMap(valuesIn);
    if (level.length === 0) return;
  }
  throw validationError(
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
  );
}

function valuesIn(value: unknown): unknown[] {
  return [...listIn(value, "L"), ...Object.values(recordIn(value, "M"))];
}

/** The attribute values that a request brings. */
function storedValues(checked: Checked): unknown[] {
  const batches = Object.values(recordIn(checked, "RequestItems"));
  const puts = batches.flatMap((requests) =>
    (Array.isArray(requests) ? requests : []).map((request) => member(request, "PutRequest")),
  );
  const updates = Object.values(recordIn(checked, "AttributeUpdates"));
  return [
    ...[checked, ...puts.filter(isObject)].flatMap((each) => Object.values(recordIn(each, "Item"))),
    ...Object.values(recordIn(checked, "ExpressionAttributeValues")),
    ...updates.map((update) => member(update, "Value")),
  ];
}
