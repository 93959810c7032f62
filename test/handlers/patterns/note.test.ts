import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../harness/handlers/records.ts";

describe("the notes of a consumer", () => {
  const database = useDatabase({ notes: "id" });
  useEnvironment(() => ({
    NOTES_TABLE: "notes",
    CONSUMER: "audit",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  for (const name of ["note", "slowNote"]) {
    it(`hold each message once, however often it comes (${name})`, async () => {
      const { handler }: { handler: QueueHandler } = await import(
        `../../../handlers/patterns/${name}.ts`
      );
      const event = queueEvent(
        { messageId: "m-1", body: "one" },
        { messageId: "m-2", body: "two" },
        { messageId: "m-1", body: "one" },
      );
      const { result } = await runHandler(handler, event);
      expect(result).to.deep.equal({ batchItemFailures: [] });
      expect(await database().all("notes")).to.have.deep.members([
        { id: "audit m-1", consumer: "audit", body: "one" },
        { id: "audit m-2", consumer: "audit", body: "two" },
      ]);
    });
  }
});
