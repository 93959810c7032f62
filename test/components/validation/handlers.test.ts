import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const entry = "handlers/a.ts";
const python = "handlers/mail.py";
const uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail:1";
const vpc = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const accessPointArn =
  "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:mail";
const previous = { version: "3", percent: 10 };

const problems = (handler: unknown, consumer: object = {}) =>
  consumerProblems({ handler, ...consumer }).map((line) => line.replace('consumer "a": ', ""));

describe("a handler with nothing wrong", () => {
  const right: [string, unknown][] = [
    ...["mts", "cts", "tsx", "js", "mjs", "cjs", "jsx", "py"].map(
      (extension): [string, unknown] => [
        `of a .${extension} file`,
        { entry: `handlers/mail.${extension}` },
      ],
    ),
    ["of a Python file in the program's folder", { entry: "mail.py" }],
    ["of a Python file whose path has backslashes", { entry: "handlers\\_mail2.py" }],
    [
      "in Python, with a runtime and files",
      { entry: python, runtime: "python3.12", bundle: { files: ["a"] } },
    ],
    ["in Python, with snapshots", { entry: python, snapStart: true, alias: {} }],
    [
      "in Python, with snapshots of the oldest runtime that has them",
      { entry: python, snapStart: true, alias: {}, runtime: "python3.12" },
    ],
    [
      "in Python 3.10, without snapshots",
      { entry: python, snapStart: false, runtime: "python3.10" },
    ],
    ["of an image", { image: { uri } }],
    ["of an image without a tag", { image: { uri: uri.slice(0, -2) } }],
    ["of an image whose URI is not known", { image: { uri: pulumi.output("x") } }],
    [
      "of an image at the endpoint for FIPS, by its digest",
      {
        image: {
          uri: `123456789012.dkr-ecr-fips.us-gov-west-1.on.aws/team/mail@sha256:${"a1".repeat(32)}`,
        },
      },
    ],
    ["with loaders", { entry, bundle: { loaders: { ".html": "text", ".d.txt": "text" } } }],
    ["in a VPC", { entry, vpc }],
    [
      "with a file system",
      { entry, vpc, fileSystem: { accessPointArn, mountPath: "/mnt/my-files_1.0" } },
    ],
    [
      "with a file system that is not known",
      { entry, vpc, fileSystem: { accessPointArn: pulumi.output("x"), mountPath: "/mnt/a" } },
    ],
    ["with an alias", { entry, alias: {} }],
    ["with one provisioned environment", { entry, alias: { provisionedConcurrency: 1 } }],
    [
      "with provisioned environments that are not known",
      { entry, alias: { provisionedConcurrency: pulumi.output(0) } },
    ],
    ["with a previous version", { entry, alias: { previous: { version: "13", percent: 1 } } }],
    [
      "with almost only a previous version",
      { entry, alias: { previous: { version: "3", percent: 99 } } },
    ],
    [
      "with a version that is not known",
      { entry, alias: { previous: { version: pulumi.output("x"), percent: 50 } } },
    ],
    ["with the shortest name of a variable", { entry, environment: { AB: "1", a_1: "2" } }],
    ["that exists", { functionArn }],
    ["that exists, by an alias", { functionArn: `${functionArn}:live` }],
    ["that exists, and is not known", { functionArn: pulumi.output("x") }],
  ];
  for (const [what, handler] of right) {
    it(`passes: ${what}`, () => {
      expect(problems(handler)).to.deep.equal([]);
    });
  }

  it("passes: with as many provisioned environments as are reserved", () => {
    const handler = { entry, reservedConcurrency: 5, alias: { provisionedConcurrency: 5 } };
    expect(problems(handler, { maxConcurrency: 5 })).to.deep.equal([]);
  });

  it("passes: of an image, with a variable in place of those for code", () => {
    const environment = { TEXT: "x".repeat(4092) };
    expect(problems({ image: { uri }, environment })).to.deep.equal([]);
    expect(problems({ entry: python, environment })).to.deep.equal([]);
  });
});

describe("a handler that is refused", () => {
  const refused: [what: string, handler: unknown, ...problems: string[]][] = [
    [
      "a file whose name only contains an extension",
      { entry: "handlers/a.ts.txt" },
      'handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given "handlers/a.ts.txt")',
    ],
    [
      "a file whose extension has a letter too many",
      { entry: "handlers/a.xts" },
      'handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given "handlers/a.xts")',
    ],
    ...["send-mail.py", "2mail.py", "handlers/send mail.py", "handlers/.py", "handlers/a.b.py"].map(
      (file): [string, unknown, string] => [
        `a module ${file}`,
        { entry: file },
        `handler.entry: the name of a module in Python has only letters, digits and _ (given "${file}")`,
      ],
    ),
    [
      "a runtime and snapshots of TypeScript",
      { entry, runtime: "python3.12", snapStart: true },
      "handler.runtime is for handlers in Python; remove it",
      "handler.snapStart is for handlers in Python; remove it",
    ],
    [
      "esbuild's fields for Python",
      { entry: python, bundle: { files: ["a"], external: ["b"], loaders: { ".txt": "text" } } },
      "handler.bundle.external is for handlers in TypeScript and JavaScript; remove it",
      "handler.bundle.loaders is for handlers in TypeScript and JavaScript; remove it",
    ],
    [
      "snapshots without a version",
      { entry: python, snapStart: true },
      "handler.snapStart requires handler.alias: Lambda makes snapshots of versions",
    ],
    ...["python3.10", "python3.11"].map((runtime): [string, unknown, string] => [
      `snapshots of ${runtime}`,
      { entry: python, runtime, snapStart: true, alias: {} },
      `handler.snapStart requires python3.12 or newer (given "${runtime}")`,
    ]),
    [
      "snapshots with what excludes them",
      {
        entry: python,
        snapStart: true,
        alias: { provisionedConcurrency: 1 },
        vpc,
        fileSystem: { accessPointArn, mountPath: "/mnt/a" },
        ephemeralStorageMb: 1024,
      },
      "handler.snapStart and handler.alias.provisionedConcurrency exclude each other",
      "handler.snapStart and handler.fileSystem exclude each other",
      "handler.snapStart and handler.ephemeralStorageMb exclude each other",
    ],
    [
      "an image with all that is for code",
      { entry, runtime: "python3.12", snapStart: true, bundle: {}, layers: [], image: { uri } },
      ...["entry", "runtime", "snapStart", "bundle", "layers"].map(
        (field) => `handler.${field} does not apply to handler.image; remove one of them`,
      ),
    ],
    ...[".", "html", ".a/b", "..html", ".html.", "x.html"].map(
      (extension): [string, unknown, string] => [
        `a loader of "${extension}"`,
        { entry, bundle: { loaders: { [extension]: "text" } } },
        `handler.bundle.loaders: "${extension}" is not an extension such as ".html"`,
      ],
    ),
    [
      "a VPC without anything in it",
      { entry, vpc: { subnetIds: [], securityGroupIds: [] } },
      "handler.vpc.subnetIds is empty; name at least one",
      "handler.vpc.securityGroupIds is empty; name at least one",
    ],
    [
      "a file system without a VPC",
      { entry, fileSystem: { accessPointArn, mountPath: "/mnt/a" } },
      "handler.fileSystem requires handler.vpc",
    ],
    ...[
      "fs-1",
      accessPointArn.replace("access-point", "file-system"),
      `x${accessPointArn}`,
      `${accessPointArn}/a`,
    ].map((arn): [string, unknown, string] => [
      `an access point ${arn}`,
      { entry, vpc, fileSystem: { accessPointArn: arn, mountPath: "/mnt/a" } },
      `handler.fileSystem.accessPointArn must be the ARN of an access point (given ${shown(arn)})`,
    ]),
    ...["/a", "/mnt/", "/mnt/a/b", "x/mnt/a", "/mnt/a b"].map(
      (mountPath): [string, unknown, string] => [
        `a mount path ${mountPath}`,
        { entry, vpc, fileSystem: { accessPointArn, mountPath } },
        `handler.fileSystem.mountPath must be /mnt/ and a name (given "${mountPath}")`,
      ],
    ),
    [
      "no provisioned environment",
      { entry, alias: { provisionedConcurrency: 0 } },
      "handler.alias.provisionedConcurrency must be 1 or more (given 0)",
    ],
    ...["$LATEST", "0", "03", "3a", "v3", ""].map((version): [string, unknown, string] => [
      `a version "${version}"`,
      { entry, alias: { previous: { ...previous, version } } },
      `handler.alias.previous.version must be the number of a version, such as "3" (given "${version}")`,
    ]),
    ...[0, 100].map((percent): [string, unknown, string] => [
      `${percent} percent for the previous version`,
      { entry, alias: { previous: { ...previous, percent } } },
      `handler.alias.previous.percent must be 1 to 99 (given ${percent}); remove previous to run the newest version only`,
    ]),
    ...["A", "1A", "A-B", "_A", "A "].map((name): [string, unknown, string] => [
      `a variable "${name}"`,
      { entry, environment: { [name]: "x" } },
      `handler.environment: "${name}" is not a valid name of a variable`,
    ]),
    [
      "a function by its name",
      { functionArn: "mail" },
      'handler.functionArn must be the ARN of a function, or of an alias or a version of it (given "mail")',
    ],
  ];
  for (const [what, handler, ...expected] of refused) {
    it(`is refused: ${what}`, () => {
      expect(problems(handler)).to.deep.equal(expected.map((text) => `error: ${text}`));
    });
  }

  it("is refused: more provisioned environments than reserved ones", () => {
    const handler = { entry, reservedConcurrency: 5, alias: { provisionedConcurrency: 6 } };
    expect(problems(handler, { maxConcurrency: 5 })).to.deep.equal([
      "error: handler.alias.provisionedConcurrency (6) is above handler.reservedConcurrency (5)",
    ]);
  });

  it("is refused: an existing function whose asynchronous invocations would be set", () => {
    const settings = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 };
    expect(problems({ functionArn }, { kind: "function", ...settings })).to.deep.equal(
      Object.keys(settings).map(
        (field) => `error: ${field} does not apply to an existing function; set it on the function`,
      ),
    );
    expect(problems({ functionArn }, { kind: "function" })).to.deep.equal([]);
    expect(problems({ functionArn: "x" }, { kind: "function" })).to.have.lengthOf(1);
  });
});

/** A text as messages show it: truncated to 80 characters. */
function shown(text: string): string {
  const json = JSON.stringify(text);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
