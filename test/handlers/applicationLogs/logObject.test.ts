import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import {
  type LogMessage,
  logObject,
  logObjectKey,
} from "../../../handlers/applicationLogs/logObject.ts";

const message = (messageId: string, time: string, body = "text"): LogMessage => ({
  messageId,
  receiptHandle: "handle",
  time,
  body,
});

const early = message("m-1", "2026-01-31T23:59:59.123Z");
const late = message("m-2", "2026-02-01T00:00:01.000Z");

describe("a log object", () => {
  it("is named by the day and time of its first entry, in whatever order they were pulled", () => {
    const key = logObjectKey([early, late]);
    expect(key).to.match(/^logs\/2026\/01\/31\/20260131T235959123Z-[0-9a-f]{16}\.ndjson\.gz$/);
    expect(logObjectKey([late, early])).to.equal(key);
  });

  it("has another name than a batch that begins with the same entry", () => {
    expect(logObjectKey([early])).not.to.equal(logObjectKey([early, late]));
  });

  it("has a line for each entry, earliest first; what is JSON stays JSON", () => {
    const bytes = logObject([
      { ...late, body: "plain\ntext" },
      { ...early, body: '{"a":1}' },
    ]);
    expect(gunzipSync(bytes).toString("utf8")).to.equal(
      '{"messageId":"m-1","time":"2026-01-31T23:59:59.123Z","entry":{"a":1}}\n' +
        '{"messageId":"m-2","time":"2026-02-01T00:00:01.000Z","entry":"plain\\ntext"}\n',
    );
  });
});
