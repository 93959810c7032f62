import { expect } from "chai";
import * as v from "valibot";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { withBody } from "../../../handlers/lib/withBody.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { lambdaContext } from "../../harness/handlers/handlerRun.ts";

const order = v.object({ id: v.string(), total: v.number() });
const handle = withBody("order", order, async ({ id }, { messageId }) => ({
  outcome: "billed",
  id,
  messageId,
}));
const message = (body: string) => ({
  ...{ messageId: "m-1", eventId: "e-1", sentAt: "2026-01-01T00:00:00.000Z", attributes: {} },
  body,
});

describe("withBody", () => {
  it("passes the body of its schema, and the message", async () => {
    const outcome = await handle(message('{"id":"o-1","total":3}'), lambdaContext());
    expect(outcome).to.deep.equal({ outcome: "billed", id: "o-1", messageId: "m-1" });
  });

  it("fails for good on another body, and names what is wrong by its path", async () => {
    const error = await failureOf(handle(message('{"id":"o-1"}'), lambdaContext()));
    expect(error).to.be.instanceOf(PermanentError);
    expect(error.message).to.match(/^not a valid order: total: /);
  });
});
