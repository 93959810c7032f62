import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { flagsOf, parseCommandLine } from "../commandLine.ts";
import { printHelp } from "../printHelp.ts";
import { writeTemplate } from "../template.ts";

const usage = [
  "fanout new FOLDER [--name NAME] [--description TEXT]",
  "",
  "Creates a Pulumi project with one topic, two consumers, a test and a workflow for previews.",
  "The name is that of the folder unless --name sets it.",
].join("\n");

const options = {
  name: { type: "string" },
  description: { type: "string", default: "A fan-out on AWS" },
  help: { type: "boolean" },
} as const;

export const newFlags = flagsOf(options);

/**
 * `fanout new`: creates a project in a new or empty folder.
 *
 * @returns the exit code
 * @throws Error with a message for the user
 */
export async function newProject(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(
    {
      args: [...argv],
      allowPositionals: true,
      options,
    },
    "fanout new --help",
  );
  const [given, ...others] = positionals;
  if (values.help || given === undefined || others.length > 0) {
    printHelp(usage);
    return values.help ? 0 : 2;
  }
  const folder = path.resolve(given);
  rejectFilled(folder);
  const project = projectName(values.name ?? path.basename(folder));
  const files = writeTemplate(folder, { PROJECT: project, DESCRIPTION: values.description });
  console.log(created(given, files));
  return 0;
}

function rejectFilled(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).some((name) => name !== ".git")) {
    throw new Error(`${folder} is not empty; name a new folder`);
  }
}

/** npm's names of packages are stricter than Pulumi's of projects. */
function projectName(name: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name)) return name;
  throw new Error(
    `a project's name has lower-case letters, digits, ".", "_" and "-" (given "${name}"); set another with --name`,
  );
}

function created(folder: string, files: readonly string[]): string {
  return [
    `created in ${folder}:`,
    ...files.map((file) => `  ${file}`),
    "",
    "Next:",
    ...(folder === "." ? [] : [`  cd ${folder}`]),
    "  npm install",
    "  npm test",
    "  npm start",
  ].join("\n");
}
