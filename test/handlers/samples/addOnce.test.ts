import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { type Addition, addOnce } from "../../../handlers/samples/addOnce.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";

const tables = { sums: "sums", markers: "markers" };

describe("addOnce", () => {
  const database = useDatabase({ sums: "day", markers: "id" });
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  const add = (addition: Partial<Addition>) =>
    addOnce(DynamoDBDocumentClient.from(new DynamoDBClient({})), tables, {
      event: "e-1",
      key: { day: "2026-01-31" },
      add: { count: 1 },
      ...addition,
    });

  it("makes the item with the first addition, and adds to it with the next", async () => {
    expect(await add({ add: { count: 1, size: 7 } })).to.equal(true);
    expect(await add({ event: "e-2", add: { count: 1, size: -2, other: 5 } })).to.equal(true);
    expect(await database().all("sums")).to.deep.equal([
      { day: "2026-01-31", count: 2, size: 5, other: 5 },
    ]);
  });

  it("adds an event once, however often it comes, and wherever it is to be added", async () => {
    await add({});
    expect(await add({})).to.equal(false);
    expect(await add({ key: { day: "2026-02-01" } })).to.equal(false);
    expect(await database().all("sums")).to.deep.equal([{ day: "2026-01-31", count: 1 }]);
  });

  it("adds each of many events once, when several come twice and at the same time", async () => {
    const events = Array.from({ length: 20 }, (_, index) => `e-${index % 10}`);
    const added = await Promise.all(events.map((event) => add({ event })));
    expect(added.filter(Boolean)).to.have.length(10);
    expect(await database().all("sums")).to.deep.equal([{ day: "2026-01-31", count: 10 }]);
  });

  it("adds decimals without a rounding error", async () => {
    for (const event of ["e-1", "e-2", "e-3"]) await add({ event, add: { sum: 0.1 } });
    expect(await database().all("sums")).to.deep.equal([{ day: "2026-01-31", sum: 0.3 }]);
  });

  it("takes names that are DynamoDB's own words", async () => {
    await add({ add: { count: 1, size: 2, "a name": 3 } });
    expect(await database().all("sums")).to.deep.equal([
      { day: "2026-01-31", count: 1, size: 2, "a name": 3 },
    ]);
  });

  it("marks nothing when it could not add, so that it can be tried again", async () => {
    await database().put("sums", { day: "2026-01-31", count: "not a number" });
    await failureOf(add({}));
    expect(await database().all("markers")).to.deep.equal([]);
    await database().put("sums", { day: "2026-01-31", count: 4 });
    expect(await add({})).to.equal(true);
    expect(await database().all("sums")).to.deep.equal([{ day: "2026-01-31", count: 5 }]);
  });

  it("remembers an event for 30 days", async () => {
    const now = Date.now() / 1000;
    await add({});
    const [marker] = await database().all("markers");
    expect(marker).to.include({ id: "e-1" });
    expect(marker?.expiration).to.be.within(now + 30 * 86_400 - 1, now + 30 * 86_400 + 60);
  });
});
