/** Powertools' package for tests, with logs that are read when the functions are idle, and not as they come. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";

export * from "../packages/testing/src/helpers.ts";
export { invokeFunction, invokeFunctionOnce } from "../packages/testing/src/invokeTestFunction.ts";
export { TestInvocationLogs } from "../packages/testing/src/TestInvocationLogs.ts";
export { TestStack } from "../packages/testing/src/TestStack.ts";

const logs = new CloudWatchLogsClient({});

/** How long a function that has written a report writes no other, in milliseconds, until it counts as idle. */
const idle = 15_000;

export class LogTailer {
  #group;

  constructor(logGroupName) {
    this.#group = logGroupName;
  }

  /** What the functions log from the start of `testFn`, by the id of the request. */
  async collectLogs({ testFn }) {
    await testFn();
    let entries = [];
    for (let last = Date.now(); Date.now() - last < idle; ) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const found = await this.#read();
      if (found.length > entries.length || found.length === 0) last = Date.now();
      entries = found;
    }
    return Map.groupBy(entries, ({ function_request_id: requestId }) => requestId);
  }

  async #read() {
    const filter = new FilterLogEventsCommand({ logGroupName: this.#group });
    const { events = [] } = await logs.send(filter).catch(noneYet);
    return events.flatMap(({ message = "" }) =>
      message.startsWith("{") && message.includes('"function_request_id"')
        ? [JSON.parse(message)]
        : [],
    );
  }
}

/** A function's group is created with its first line. */
function noneYet(error) {
  if (error.name === "ResourceNotFoundException") return {};
  throw error;
}
