import { expect } from "chai";
import type { FunctionDefinition } from "../../../../local/services/lambda/definition.ts";
import { ManualHandlerTimer } from "../../../harness/cloud/handlerTimers.ts";
import { errorOf, functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";

describe("a Python function", function () {
  this.timeout(60_000);
  const time = new ManualHandlerTimer();
  const { functions, log } = startLambda({ handlerTimer: time.timer });
  after(() => functions.close());

  let created = 0;
  function create(source: string, changes: Partial<FunctionDefinition> = {}) {
    return functions.create(
      functionOf("", {
        name: `p${++created}`,
        runtime: "python3.13",
        handler: "app.handler",
        files: { "app.py": source },
        ...changes,
      }),
    ).arn;
  }

  it("gets its event, its context and its environment, and its result is the payload", async () => {
    const arn = create(
      `
import os
def handler(event, context):
    return {
        "event": event, "greeting": os.environ["GREETING"], "name": context.function_name,
        "version": context.function_version, "arn": context.invoked_function_arn,
        "memory": context.memory_limit_in_mb, "id": context.aws_request_id,
        "group": context.log_group_name, "time": 0 < context.get_remaining_time_in_millis() <= 5000,
        "runtime": os.environ["AWS_EXECUTION_ENV"], "endpoint": os.environ["AWS_ENDPOINT_URL"],
    }`,
      { environment: { GREETING: "grüß" }, timeoutSeconds: 5, memoryMb: 256 },
    );
    const result = await functions.invoke(arn, '{"n":[1,"zwölf"]}');
    expect(payloadOf(result)).to.deep.equal({
      event: { n: [1, "zwölf"] },
      greeting: "grüß",
      name: "p1",
      version: "$LATEST",
      arn,
      memory: "256",
      id: result.requestId,
      group: "/aws/lambda/p1",
      time: true,
      runtime: "AWS_Lambda_python3.13",
      endpoint: "http://127.0.0.1:4566",
    });
  });

  it("keeps its process, and imports modules of its code", async () => {
    const arn = create("", {
      handler: "src/main.handler",
      files: {
        "src/main.py":
          "import os\nfrom lib.words import word\ncount = 0\ndef handler(event, context):\n    global count\n    count += 1\n    return [word, count]\n",
        "lib/words.py": "word = 'hello'\n",
      },
    });
    expect(payloadOf(await functions.invoke(arn, "{}"))).to.deep.equal(["hello", 1]);
    expect(payloadOf(await functions.invoke(arn, "{}"))).to.deep.equal(["hello", 2]);
  });

  it("logs what it prints and what it logs in the format of Lambda's Python runtime", async () => {
    const arn = create(
      "import logging\ndef handler(event, context):\n    print('printed', 1)\n    logging.getLogger().warning('careful %d', 7)\n",
    );
    const result = await functions.invoke(arn, "{}");
    expect(payloadOf(result)).to.equal(null);
    const lines = result.outcome === "throttled" ? [] : result.log.split("\n");
    expect(lines[0]).to.equal(`START RequestId: ${result.requestId} Version: $LATEST`);
    expect(lines[1]).to.equal("printed 1");
    expect(lines[2]).to.match(
      new RegExp(
        `^\\[WARNING\\]\\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t${result.requestId}\\tcareful 7$`,
      ),
    );
    expect(lines[3]).to.equal(`END RequestId: ${result.requestId}`);
  });

  it("reports an exception with its type, message and stack trace, and lives on", async () => {
    const arn = create(
      "def handler(event, context):\n    return price(event['sku'])\n\ndef price(sku):\n    raise ValueError(f'no price for {sku}')\n",
    );
    const result = await functions.invoke(arn, '{"sku":"desk"}');
    const { stackTrace = [], ...error } = errorOf(result);
    expect(error).to.deep.equal({
      errorType: "ValueError",
      errorMessage: "no price for desk",
      requestId: result.requestId,
    });
    expect(stackTrace).to.have.lengthOf(2);
    expect(stackTrace[0]).to.match(
      /^ {2}File ".*\/app\.py", line 2, in handler\n {4}return price\(event\['sku'\]\)\n/,
    );
    expect(stackTrace[1]).to.match(/^ {2}File ".*\/app\.py", line 5, in price\n/);
    expect(log()).to.include(
      "[ERROR] ValueError: no price for desk\nTraceback (most recent call last):\n",
    );
    expect(errorOf(await functions.invoke(arn, "{}"))).to.include({
      errorType: "KeyError",
      errorMessage: "'sku'",
    });
  });

  it("reports a result that is no JSON", async () => {
    const arn = create("def handler(event, context):\n    return {1, 2}\n");
    expect(errorOf(await functions.invoke(arn, "{}"))).to.include({
      errorType: "Runtime.MarshalError",
      errorMessage: "Unable to marshal response: Object of type set is not JSON serializable",
    });
  });

  for (const { what, changes, errorType, errorMessage } of [
    {
      what: "a module that is missing",
      changes: { handler: "nothing.handler" },
      errorType: "Runtime.ImportModuleError",
      errorMessage: "Unable to import module 'nothing': No module named 'nothing'",
    },
    {
      what: "a function that is missing",
      changes: { handler: "app.nothing" },
      errorType: "Runtime.HandlerNotFound",
      errorMessage: "Handler 'nothing' missing on module 'app'",
    },
    {
      what: "a handler without a module",
      changes: { handler: "handler" },
      errorType: "Runtime.MalformedHandlerName",
      errorMessage: "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
    },
    {
      what: "code that is not Python",
      changes: { files: { "app.py": "def handler(:\n" } },
      errorType: "Runtime.UserCodeSyntaxError",
      errorMessage: "Syntax error in module 'app': invalid syntax (app.py, line 1)",
    },
  ]) {
    it(`reports ${what}`, async () => {
      const arn = create("def handler(event, context):\n    pass\n", changes);
      expect(errorOf(await functions.invoke(arn, "{}"))).to.include({ errorType, errorMessage });
    });
  }

  it("that ends its process fails with the exit status", async () => {
    const arn = create("import sys\ndef handler(event, context):\n    sys.exit(3)\n");
    const result = await functions.invoke(arn, "{}");
    expect(errorOf(result)).to.deep.equal({
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: exit status 3`,
    });
  });

  it("is ended when its time is up, even in an endless loop", async () => {
    const arn = create("def handler(event, context):\n    while True: pass\n", {
      timeoutSeconds: 7,
    });
    const running = functions.invoke(arn, "{}");
    await time.expire(7);
    const result = await running;
    expect(errorOf(result)).to.deep.equal({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 7.00 seconds`,
    });
  });
});

describe("a runtime that the local cloud does not run", () => {
  const { functions } = startLambda();
  after(() => functions.close());

  for (const runtime of ["dotnet8", "java21", "ruby3.4", "provided.al2023", "go1.x", "python2.7"]) {
    it(`is rejected by its name: ${runtime}`, () => {
      expect(() => functions.create(functionOf("", { runtime }))).to.throw(
        `Fanout's local cloud does not support the runtime "${runtime}" (it runs nodejs12.x to nodejs24.x on the Node.js at hand, and python3.6 to python3.14 on the python3 on PATH). It works on AWS only.`,
      );
    });
  }
});
