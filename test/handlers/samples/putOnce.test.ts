import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { putOnce } from "../../../handlers/samples/putOnce.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";

describe("putOnce", () => {
  const database = useDatabase({ jobs: "name" });
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  const put = (table: string, item: Record<string, unknown>) =>
    putOnce(DynamoDBDocumentClient.from(new DynamoDBClient({})), table, "name", item);

  it("puts an item, and leaves one that is there as it is", async () => {
    expect(await put("jobs", { name: "a", size: 1 })).to.equal(true);
    expect(await put("jobs", { name: "a", size: 2 })).to.equal(false);
    expect(await put("jobs", { name: "b", size: 2 })).to.equal(true);
    expect(await database().get("jobs", "a")).to.deep.equal({ name: "a", size: 1 });
  });

  it("fails as DynamoDB does when the table is not there", async () => {
    const failure = await failureOf(put("other", { name: "a" }));
    expect(failure.name).to.equal("ResourceNotFoundException");
  });
});
