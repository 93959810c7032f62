import { type FanoutCommand, fanoutIn } from "../processes/fanoutCommand.ts";

/** An empty local cloud, and `fanout pulumi` on the stack `dev` of the program in a folder. */
export type FanoutPulumi = AsyncDisposable & {
  readonly url: string;
  /** Runs a command of the CLI. @returns what it prints @throws Error with that if it fails */
  readonly pulumi: (...args: readonly string[]) => Promise<string>;
  /** The outputs of the stack. */
  readonly outputs: () => Promise<unknown>;
};

/** @param home an empty folder, in place of the user's of Pulumi */
export async function fanoutPulumiIn(folder: string, home: string): Promise<FanoutPulumi> {
  const environment = {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: "",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const cloud = fanoutIn(folder, ["start", "--empty", "--port", "0"], environment);
  const url = (await cloud.line(/^ready /)).replace("ready ", "");
  const { port } = new URL(url);
  const options = ["--stack", "dev", "--non-interactive", "--color", "never"];
  const pulumi: FanoutPulumi["pulumi"] = (...args) =>
    succeeded(fanoutIn(folder, ["pulumi", "--port", port, ...args, ...options], environment));
  return {
    url,
    pulumi,
    outputs: async () => {
      const printed = await pulumi("stack", "output", "--json");
      return JSON.parse(printed.slice(printed.indexOf("{")));
    },
    [Symbol.asyncDispose]: async () => {
      await cloud.end();
    },
  };
}

async function succeeded(command: FanoutCommand): Promise<string> {
  const code = await command.exit;
  if (code === 0) return command.output();
  throw new Error(`it ended with ${code}:\n${command.output()}`);
}
