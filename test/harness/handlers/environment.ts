/**
 * Sets environment variables for the suite that calls this, and puts back what was there after it. The
 * SDK's own are always among them: without them it would look for credentials on the network.
 */
export function useEnvironment(values: () => Readonly<Record<string, string>>): void {
  let earlier: Readonly<Record<string, string | undefined>>;

  before(() => {
    const wanted = { ...sdk, ...values() };
    earlier = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]));
    set(wanted);
  });

  after(() => set(earlier));
}

const sdk = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};

function set(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
