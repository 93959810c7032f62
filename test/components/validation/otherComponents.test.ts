import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  HandlerFunction,
  type HandlerFunctionArgs,
  PrivateBucket,
  UploadBucket,
} from "../../../components/index.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { runProgram } from "../../harness/programs/program.ts";

const entry = "test/fixtures/handlers/echo.ts";

/** The lines of the error with which a component rejects its arguments. */
async function problems(create: () => pulumi.ComponentResource): Promise<string[]> {
  const { message } = await failureOf(runProgram(create));
  return message.split("\n").map((line) => line.replace(/^ {2}- /, ""));
}

const handlerFunction = (args: object, name = "archiver") =>
  problems(() => new HandlerFunction(name, args as HandlerFunctionArgs));

describe("a HandlerFunction", () => {
  it("lists all problems of its arguments, before it creates a resource", async () => {
    expect(
      await handlerFunction({
        handler: {
          entry,
          timeoutSeconds: 9999,
          memoryMb: 1,
          reservedConcurrency: 0,
          logRetentionDays: 2,
          environment: { AWS_REGION: "x", "A-B": "y" },
        },
        description: "line\nbreak",
        tags: { team: "R&D" },
        region: "Ireland",
        memory: 5,
      }),
    ).to.deep.equal([
      'HandlerFunction "archiver": 10 problems',
      'unknown field "memory"',
      'description may have at most 256 characters of Latin-1, in one line (given "line\\nbreak")',
      'region must be a region\'s name, such as "eu-west-1" (given "Ireland")',
      'tag "team": a value may have only letters, digits, spaces and _.:/=+-@ (given "R&D")',
      "handler.memoryMb must be 128 to 10,240 MB (given 1)",
      "handler.timeoutSeconds must be 1 to 900 seconds (given 9999)",
      "handler.reservedConcurrency must be 1 or more: 0 stops the function (given 0)",
      "handler.logRetentionDays must be one of CloudWatch's values 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (given 2)",
      'handler.environment: "A-B" is not a valid name of a variable',
      "handler.environment: AWS_REGION is set by Lambda; choose another name",
    ]);
  });

  it("suggests the nearest name for an unknown field", async () => {
    const handler = { entry, timeout: 5 };
    expect(await handlerFunction({ handler, description: "a" })).to.deep.equal([
      'HandlerFunction "archiver": 1 problem',
      'handler: unknown field "timeout"; did you mean "timeoutSeconds"?',
    ]);
  });

  it("requires an entry that exists, a description, and a name that Lambda accepts", async () => {
    expect(await handlerFunction({ handler: { entry: "handlers/none.ts" } })).to.deep.equal([
      'HandlerFunction "archiver": 1 problem',
      "description is missing",
    ]);
    const described = { handler: { entry: "handlers/none.ts" }, description: "a" };
    expect(await handlerFunction(described, "a.b")).to.deep.equal([
      'HandlerFunction "a.b": 2 problems',
      'the name may have only letters, digits, - and _, at most 56 (given "a.b")',
      'handler.entry: there is no file "handlers/none.ts" in the project\'s folder',
    ]);
  });

  it("may have a description of 256 characters, and not of 257", async () => {
    const of = (length: number) =>
      handlerFunction({ handler: { entry }, description: "é".repeat(length), region: "x" });
    const region = 'region must be a region\'s name, such as "eu-west-1" (given "x")';
    expect((await of(256)).slice(1)).to.deep.equal([region]);
    expect((await of(257)).slice(1)).to.deep.equal([
      `description may have at most 256 characters of Latin-1, in one line (given "${"é".repeat(76)}...)`,
      region,
    ]);
  });

  it("checks an Output when its value is known", async () => {
    const failure = await failureOf(
      runProgram(() => {
        const timeoutSeconds = new aws.sqs.Queue("other").arn.apply(() => 901);
        return new HandlerFunction("archiver", {
          handler: { entry, timeoutSeconds },
          description: "a",
        });
      }),
    );
    expect(failure.message).to.equal(
      'HandlerFunction "archiver": 1 problem\n  - handler.timeoutSeconds must be 1 to 900 seconds (given 901)',
    );
  });

  it("rejects an Output in a template literal", async () => {
    const environment = { URL: `https://${pulumi.output("a")}` };
    expect(
      await handlerFunction({ handler: { entry, environment }, description: "a" }),
    ).to.deep.equal([
      'HandlerFunction "archiver": 1 problem',
      "handler.environment.URL contains an Output as text, which is not its value; use pulumi.interpolate`...` or pulumi.jsonStringify(...)",
    ]);
  });
});

describe("an UploadBucket or a PrivateBucket", () => {
  it("lists all problems of its arguments", async () => {
    const args: object = { versionned: true, expireDays: 0 };
    const expected = [
      'unknown field "versionned"; did you mean "versioned"?',
      "expireDays must be 1 to 2,147,483,647 (given 0)",
    ];
    expect(await problems(() => new UploadBucket("b", args))).to.deep.equal([
      'UploadBucket "b": 2 problems',
      ...expected,
    ]);
    expect(await problems(() => new PrivateBucket("b", args))).to.deep.equal([
      'PrivateBucket "b": 2 problems',
      ...expected,
    ]);
  });

  const rejected: [object, string][] = [
    [{ versioned: "yes" }, 'versioned must be true or false (given "yes")'],
    [{ expireDays: 1.5 }, "expireDays must be a whole number (given 1.5)"],
    [
      { tags: { team: "R&D" } },
      'tag "team": a value may have only letters, digits, spaces and _.:/=+-@ (given "R&D")',
    ],
    [
      { cors: [{ allowedMethods: ["PATCH"], allowedOrigins: ["*"] }] },
      'cors.0.allowedMethods: S3 has no "PATCH"; it has GET, PUT, POST, DELETE, HEAD',
    ],
    [
      { cors: [{ allowedMethods: ["GET"], allowedOrigins: ["https://*.*.com"] }] },
      'cors.0.allowedOrigins: at most one * in an origin (given "https://*.*.com")',
    ],
    [{ cors: [{ allowedMethods: ["GET"] }] }, "cors.0.allowedOrigins is missing"],
    [
      { existingBucketName: "arn:aws:s3:::pictures", ownsNotifications: true },
      'existingBucketName must be the name of a bucket, 3 to 63 of a-z, 0-9, . and - (given "arn:aws:s3:::pictures")',
    ],
    [
      { existingBucketName: "pictures", ownsNotifications: true, versioned: true },
      'unknown field "versioned"',
    ],
  ];
  for (const [args, text] of rejected) {
    it(`is rejected: ${text}`, async () => {
      const create = () => new UploadBucket("b", args as { versioned?: boolean });
      expect(await problems(create)).to.deep.equal(['UploadBucket "b": 1 problem', text]);
    });
  }

  it("is rejected if S3 reserves the beginning of its name", async () => {
    expect(await problems(() => new UploadBucket("sthree-files"))).to.deep.equal([
      'UploadBucket "sthree-files": 1 problem',
      'the name of a bucket may not begin with sthree-, which S3 reserves (given "sthree-files")',
    ]);
  });

  const rule = { allowedMethods: ["GET"], allowedOrigins: ["https://*.example.com"] };
  const accepted: [string, object, string?][] = [
    ["a name of 55 characters", {}, "B".repeat(55)],
    ["the first day", { expireDays: 1 }],
    ["the last day", { expireDays: 2_147_483_647 }],
    ["100 rules of CORS", { cors: Array(100).fill(rule) }],
  ];
  for (const [what, args, name = "b"] of accepted) {
    it(`is accepted with ${what}`, async () => {
      const { registrations } = await runProgram(() => new PrivateBucket(name, args));
      expect(registrations.map(({ type }) => type)).to.include("aws:s3/bucket:Bucket");
    });
  }

  for (const name of ["a_b", "-a", "a.b", "", "é", "b".repeat(56)]) {
    it(`is rejected with the name ${JSON.stringify(name)}`, async () => {
      expect(await problems(() => new PrivateBucket(name, {}))).to.deep.equal([
        `PrivateBucket "${name}": 1 problem`,
        "a bucket's name may have only letters, digits and -, 55 at the most, because Pulumi adds 8 to S3's 63",
      ]);
    });
  }

  it("may have any name for a bucket that exists", async () => {
    const existing = { existingBucketName: "pictures", ownsNotifications: true };
    for (const name of ["my_bucket", "sthree-files"]) {
      const { registrations } = await runProgram(() => new UploadBucket(name, existing));
      expect(registrations.map(({ name: registered }) => registered)).to.include(name);
    }
  });

  it("is rejected from the first day, the first rule or the first star too many", async () => {
    const of = async (args: object) =>
      (await problems(() => new PrivateBucket("b", args))).slice(1);
    expect(await of({ expireDays: 2_147_483_648 })).to.deep.equal([
      "expireDays must be 1 to 2,147,483,647 (given 2147483648)",
    ]);
    expect(await of({ cors: Array(101).fill(rule) })).to.deep.equal([
      "cors: at most 100 rules (given 101)",
    ]);
  });

  it("checks an Output when its value is known", async () => {
    const failure = await failureOf(
      runProgram(() => {
        const tag = new aws.sqs.Queue("other").arn.apply(() => "R&D");
        return new UploadBucket("b", { tags: { team: tag } });
      }),
    );
    expect(failure.message).to.equal(
      'UploadBucket "b": 1 problem\n  - tag "team": a value may have only letters, digits, spaces and _.:/=+-@ (given "R&D")',
    );
  });

  it("is rejected with an Output in its name, as a HandlerFunction is", async () => {
    const name = `b-${pulumi.output("x")}`;
    const expected = "the name contains an Output as text, which is not its value";
    expect((await problems(() => new UploadBucket(name))).at(-1)).to.equal(expected);
    expect((await handlerFunction({ handler: { entry }, description: "a" }, name)).at(-1)).to.equal(
      expected,
    );
  });
});
