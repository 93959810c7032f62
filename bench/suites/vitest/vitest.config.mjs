import path from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;
const standIn = (file) => path.join(here, file);

/** The configuration of Powertools' end-to-end tests, which run where their packages are. */
export default defineConfig({
  root: path.dirname(here),
  resolve: {
    alias: [
      {
        find: /^(?:aws-cdk-lib(?:\/.*)?|constructs|@aws-cdk\/toolkit-lib)$/,
        replacement: standIn("cdk.mjs"),
      },
      {
        find: /^@aws-lambda-powertools\/testing-utils\/resources\/lambda$/,
        replacement: path.join(here, "../packages/testing/src/resources/TestNodejsFunction.ts"),
      },
      {
        find: /^@aws-lambda-powertools\/testing-utils\/resources\/dynamodb$/,
        replacement: path.join(here, "../packages/testing/src/resources/TestDynamodbTable.ts"),
      },
      { find: /^@aws-lambda-powertools\/testing-utils$/, replacement: standIn("testingUtils.mjs") },
    ],
  },
  test: {
    environment: "node",
    fileParallelism: false,
    hookTimeout: 120_000,
    testTimeout: 120_000,
    // The folder lies below one that is called node_modules, whose files Vitest does not compile.
    server: { deps: { inline: [/fanout-suites\/[^/]+\/(?:packages|standIns)\//] } },
  },
});
