import { expect } from "chai";
import {
  reportedError,
  thrownError,
} from "../../../../../local/services/lambda/failures/handlerError.ts";

const lines = (...entries: unknown[]) =>
  entries.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");

const folder = "/tmp/fanout-functions-1-abc/orders-3";

describe("the error of a handler", () => {
  const log = lines(
    "START RequestId: r-1 Version: $LATEST",
    {
      level: "ERROR",
      messageId: "m-1",
      error: {
        message: "no such order",
        stack: [
          "Error: no such order",
          `    at parse (${folder}/node_modules/parser/index.js:1:1)`,
          `    at read (${folder}/handlers/order.ts:16:10)`,
          "    at file:///tmp/fanout-functions-1-abc/bootstrap.mjs:9:9",
        ].join("\n"),
      },
    },
    { level: "WARN", messageId: "m-2", reason: "an earlier message of its group failed" },
    { level: "INFO", messageId: "m-3", message: "done" },
  );

  it("is what it logged for the message, with the first place in its own sources", () => {
    expect(reportedError(log, "m-1", false)).to.deep.equal({
      reason: "no such order",
      position: "handlers/order.ts:16:10",
    });
    expect(reportedError(log, "m-2", false)).to.deep.equal({
      reason: "an earlier message of its group failed",
    });
  });

  it("is unknown for a message of a batch that the log does not name", () => {
    expect(reportedError(log, "m-3", false)).to.deep.equal({
      reason: "the function reported it as failed",
    });
  });

  it("is the last one in the log for a message that was alone, also of console.error", () => {
    const printed = [
      "2026-11-29T10:00:00.000Z\tr-1\tINFO\tbegins",
      "2026-11-29T10:00:00.001Z\tr-1\tERROR\tTypeError: no lines",
      `    at total (${folder}/src/total.ts:3:7)`,
      "END RequestId: r-1",
    ].join("\n");
    expect(reportedError(printed, "m-9", true)).to.deep.equal({
      reason: "no lines",
      position: "src/total.ts:3:7",
    });
    expect(reportedError("", "m-9", true).reason).to.equal("the function reported it as failed");
  });

  it("is what it threw, with the causes that it logged", () => {
    const cause = {
      message: "too large",
      stack: `Error: too large\n    at f (/var/task/a.ts:1:2)`,
    };
    const error = { message: "not handled", stack: "Error: not handled", cause };
    expect(
      thrownError(
        { errorType: "Error", errorMessage: "not handled" },
        lines({ level: "ERROR", error }),
      ),
    ).to.deep.equal({ reason: "not handled: too large", position: "a.ts:1:2" });
  });

  it("has the innermost call of a Python traceback that is in the function's code", () => {
    const stackTrace = [
      `  File "${folder}/app.py", line 4, in handler\n    work()\n`,
      `  File "${folder}/lib/work.py", line 9, in work\n    json.loads("")\n`,
      '  File "/usr/lib/python3.13/json/__init__.py", line 346, in loads\n',
    ];
    expect(
      thrownError({ errorType: "ValueError", errorMessage: "no JSON", stackTrace }, ""),
    ).to.deep.equal({ reason: "no JSON", position: "lib/work.py:9" });
  });
});
