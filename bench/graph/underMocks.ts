import * as pulumi from "@pulumi/pulumi";

/** Runs a program under Pulumi's mocks as its documentation does, and waits for all that it registers. */
export async function underMocks(program: () => void): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({
      id: `${name}-id`,
      state: { name, ...inputs, arn: `arn:aws:service:eu-west-1:123456789012:${name}` },
    }),
    call: ({ inputs }) => inputs,
  });
  await pulumi.runtime.runInPulumiStack(async () => program());
  await pulumi.runtime.disconnect();
}

/** Prints what the process took, as the last thing that it does. */
export function report(): void {
  const { user, system } = process.cpuUsage();
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ cpuSeconds: (user + system) / 1e6, memory })}\n`);
}
