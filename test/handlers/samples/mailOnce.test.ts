import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import { type KeyedMail, mailOnce } from "../../../handlers/samples/mailOnce.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { lambdaContext } from "../../harness/handlers/handlerRun.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("mailOnce", () => {
  const database = useDatabase({ sent: "id" });
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  let calls: SdkCalls;

  beforeEach(() => {
    calls = new SdkCalls();
    let sent = 0;
    calls.on(SendEmailCommand, () => ({ MessageId: `mail-${++sent}` }));
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  const sendAs = (operation: string) =>
    mailOnce({ table: "sent", operation, sender: "shop@example.com" });

  const mail = (changes: Partial<KeyedMail> = {}): KeyedMail => ({
    key: "u-1",
    to: "ada@example.com",
    subject: "Grüße",
    text: "Hello,\n",
    ...changes,
  });

  it("sends plain text in UTF-8", async () => {
    expect(await sendAs("welcome")(mail(), lambdaContext())).to.deep.equal({ mailId: "mail-1" });
    expect(calls.of(SendEmailCommand)).to.deep.equal([
      {
        FromEmailAddress: "shop@example.com",
        Destination: { ToAddresses: ["ada@example.com"] },
        Content: {
          Simple: {
            Subject: { Data: "Grüße", Charset: "UTF-8" },
            Body: { Text: { Data: "Hello,\n", Charset: "UTF-8" } },
          },
        },
      },
    ]);
  });

  it("sends once for each key and operation, whatever else differs", async () => {
    const welcome = sendAs("welcome");
    await welcome(mail(), lambdaContext());
    const again = await welcome(mail({ subject: "Other" }), lambdaContext());
    expect(again).to.deep.equal({ mailId: "mail-1" });
    await welcome(mail({ key: "u-2" }), lambdaContext());
    await sendAs("farewell")(mail(), lambdaContext());
    expect(calls.of(SendEmailCommand)).to.have.length(3);
  });

  it("sends again when the first try failed", async () => {
    let fails = true;
    calls.on(SendEmailCommand, () => {
      if (fails) throw new Error("slow down");
      return { MessageId: "mail-1" };
    });
    expect((await failureOf(sendAs("welcome")(mail(), lambdaContext()))).message).to.equal(
      "slow down",
    );
    fails = false;
    await sendAs("welcome")(mail(), lambdaContext());
    expect(calls.of(SendEmailCommand)).to.have.length(2);
  });
});
