import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { newProject } from "../harness/packages/newProject.ts";
import { snippetsOf } from "../harness/packages/snippets.ts";
import { counts } from "../harness/programs/graph.ts";
import { type ProgramRun, runProgram } from "../harness/programs/program.ts";

describe("the page on adoption", () => {
  let run: ProgramRun<unknown>;
  before(async () => {
    const project = newProject(
      { "page.ts": asFunction(readFileSync("docs/adoption.md", "utf8")) },
      ["@pulumi/aws"],
    );
    try {
      const { program } = await import(pathToFileURL(path.join(project.folder, "page.ts")).href);
      run = await runProgram<unknown>(program);
    } finally {
      project.remove();
    }
  });

  it("shows specs that the components accept", () => {
    const { "fanout:index:FanoutTopic": topics } = counts(run);
    expect(topics).to.equal(12);
  });

  it("creates none of the existing resources", () => {
    const made = run.registrations.map(({ type, name }) => `${type} ${name}`);
    expect(made).not.to.include.any.members([
      "aws:sns/topic:Topic news",
      "aws:kms/key:Key payments",
      "aws:sqs/queue:Queue payments-mail",
      "aws:lambda/function:Function payments-digest",
      "aws:s3/bucket:Bucket scans-2019",
      "aws:s3/bucketNotification:BucketNotification archive-2019",
    ]);
    expect(made).to.include.members([
      "aws:sqs/queue:Queue news-search",
      "aws:lambda/function:Function payments-mail",
      "aws:sqs/queue:Queue payments-digest",
      "aws:s3/bucketNotification:BucketNotification scans-2019",
    ]);
  });
});

/** The page's module as one function, with the components of this repo for the package's. */
function asFunction(markdown: string): string {
  const lines = snippetsOf(markdown).replaceAll("export const", "const").split("\n");
  const components = pathToFileURL(path.resolve("components/index.ts")).href;
  const imports = lines
    .filter((line) => line.startsWith("import "))
    .map((line) => line.replace('"@pulumi-fanout/fanout"', `"${components}"`));
  const body = lines.filter((line) => !line.startsWith("import "));
  return [...imports, "export function program() {", ...body, "return {};", "}"].join("\n");
}
