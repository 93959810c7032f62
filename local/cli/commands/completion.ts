import { commands as opsCommands } from "../../../ops/commands/index.ts";
import { commonOptions } from "../../../ops/help.ts";
import { readLocalSystems } from "../../../ops/stack/localSystems.ts";
import { type CommandWords, complete, completionScript, shells } from "../completion.ts";
import { costFlags } from "../costOptions.ts";
import { simulateFlags } from "../simulateOptions.ts";
import { startFlags } from "../startOptions.ts";
import { newFlags } from "./new.ts";

/** How long a local run may take to tell its names, in milliseconds: the user is typing. */
const longestMilliseconds = 300;

const localRun = "http://127.0.0.1:4566";

/**
 * `fanout completion SHELL`: prints the script that has a shell complete command lines.
 *
 * @returns the exit code
 */
export function completion([shell, ...others]: readonly string[]): number {
  if (shell === "--help") {
    console.log(
      `fanout completion SHELL\n\nPrints the script that has ${shells.join(", ")} complete command lines.`,
    );
    return 0;
  }
  if (shell === undefined || !shells.includes(shell) || others.length > 0) {
    const given = shell === undefined ? "" : ` (given "${[shell, ...others].join(" ")}")`;
    console.error(`fanout completion takes one of ${shells.join(", ")}${given}`);
    return 2;
  }
  console.log(completionScript(shell));
  return 0;
}

/** `fanout complete WORDS...`, for those scripts: prints the words that fit the last one. */
export async function completeWords(
  words: readonly string[],
  names: readonly string[],
): Promise<number> {
  const found = await offeredWords(words, names);
  if (found.length > 0) console.log(found.join("\n"));
  return 0;
}

/** The words that fit the last one. @param names of the commands of `fanout` */
export async function offeredWords(
  words: readonly string[],
  names: readonly string[],
): Promise<string[]> {
  const wantsNames = words[0] === "ops" || words[0] === "explain";
  const places = wantsNames ? await placesOfRun() : [];
  return complete({ commands: await commandWords(names, places) }, words);
}

async function commandWords(
  names: readonly string[],
  places: readonly string[],
): Promise<Record<string, CommandWords>> {
  const plain = Object.fromEntries(
    names.map((name) => [name, { options: ["--help"], arguments: [] }]),
  );
  const ops = Object.fromEntries(
    opsCommands.map(({ name, options, positionals }) => [
      name,
      {
        options: [...Object.keys(options), ...Object.keys(commonOptions)].map(
          (each) => `--${each}`,
        ),
        arguments: positionals.length > 0 ? places : [],
      },
    ]),
  );
  return {
    ...plain,
    new: { options: newFlags, arguments: [] },
    start: { options: startFlags, arguments: [] },
    pulumi: { options: ["--port", "--help"], arguments: [] },
    cost: { options: costFlags, arguments: [] },
    simulate: { options: simulateFlags, arguments: [] },
    ops: { options: ["--help"], arguments: Object.keys(ops), commands: ops },
    explain: { options: Object.keys(commonOptions).map((each) => `--${each}`), arguments: places },
    completion: { options: [], arguments: shells },
  };
}

/** Systems and consumers of the local run, if one answers at once. */
async function placesOfRun(): Promise<string[]> {
  const late = new Promise<string[]>((resolve) => {
    setTimeout(() => resolve([]), longestMilliseconds).unref();
  });
  const asked = readLocalSystems(localRun).then(
    ({ systems }) =>
      systems.flatMap(({ name, consumers }) => [name, ...consumers.map((each) => each.name)]),
    () => [], // Without a run there are no names to offer.
  );
  return Promise.race([asked, late]);
}
