import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { serveEndpoint } from "../../../local/protocol/server.ts";
import { dynamoDbService } from "../../../local/services/dynamodb/api/dynamodb.ts";
import { makeTables } from "../cloud/tables.ts";
import { ownerOnly } from "./authentication.ts";
import { decidedByTest } from "./decidedByTest.ts";

/** Tables behind the endpoint, with a client of the SDK. */
export async function serveDynamoDb() {
  const made = await makeTables();
  const { authorize, ...permissions } = decidedByTest();
  const failures: unknown[] = [];
  const endpoint = await serveEndpoint({
    port: 0,
    ...ownerOnly,
    services: {
      dynamodb: dynamoDbService({ tables: made.tables, authorize, region: "eu-west-1" }),
    },
    console: (_request, response) => response.end(),
    onFailure: (_message, error) => failures.push(error),
  });
  const client = new DynamoDBClient({
    endpoint: endpoint.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    ...made,
    client,
    url: endpoint.url,
    ...permissions,
    async close() {
      client.destroy();
      await endpoint.close();
      await made.tables.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

export type DynamoDbEndpoint = Awaited<ReturnType<typeof serveDynamoDb>>;
