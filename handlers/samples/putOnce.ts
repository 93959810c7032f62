import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

/**
 * Puts an item unless the table has one with its key.
 *
 * @param partitionKey name of the table's partition key
 * @returns false if there is one, which is left unchanged
 */
export async function putOnce(
  database: DynamoDBDocumentClient,
  table: string,
  partitionKey: string,
  item: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  try {
    await database.send(
      new PutCommand({
        TableName: table,
        Item: { ...item },
        ConditionExpression: "attribute_not_exists(#key)",
        ExpressionAttributeNames: { "#key": partitionKey },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
