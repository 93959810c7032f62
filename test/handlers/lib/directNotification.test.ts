import { expect } from "chai";
import { handleNotification } from "../../../handlers/lib/directNotification.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { notificationEvent } from "../../harness/handlers/records.ts";

describe("handleNotification", () => {
  it("hands over the message and logs its outcome", async () => {
    const handler = handleNotification(async ({ body }) => ({ outcome: "done", body }));
    const event = notificationEvent({ message: "hello", messageId: "sns-1" });
    const { log } = await runHandler(handler, event);
    expect(log).to.have.length(1);
    expect(log[0]).to.include({ messageId: "sns-1", eventId: "sns-1", outcome: "done" });
    expect(log[0]).to.include({ body: "hello" });
  });

  it("fails the invocation when the message fails, so that Lambda tries it again", async () => {
    const handler = handleNotification(async () => {
      throw new Error("slow down");
    });
    const failure = await runHandler(handler, notificationEvent({ message: "hello" })).then(
      () => undefined,
      (error) => error,
    );
    expect(failure).to.be.an("error").with.property("message", "slow down");
  });
});
